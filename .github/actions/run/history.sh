#!/usr/bin/env bash
# Fetches the artifacts of the last runs of a workflow that passed on a branch, a folder each. An artifact that has expired is left out.
# Given: GH_TOKEN, WORKFLOW (its name), BRANCH, ARTIFACT, COUNT, OUT.
set -euo pipefail
mkdir -p "$OUT"
gh run list --workflow "$WORKFLOW" --branch "$BRANCH" --status success --limit "$COUNT" --json databaseId --jq '.[].databaseId' |
  while read -r id; do
    gh run download "$id" --name "$ARTIFACT" --dir "$OUT/$id" </dev/null || echo "run $id has no artifact $ARTIFACT any more"
  done
