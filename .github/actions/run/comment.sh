#!/usr/bin/env bash
# Writes a comment of a pull request, or replaces the one that it wrote before. Given: GH_TOKEN, REPOSITORY, NUMBER, FILE.
set -euo pipefail
marker='<!-- kubernetes-incident-lab -->'
comments="repos/$REPOSITORY/issues/$NUMBER/comments"
body=$(printf '%s\n%s' "$marker" "$(cat "$FILE")")
id=$(gh api --paginate "$comments" --jq ".[] | select(.body | startswith(\"$marker\")) | .id" | head -n 1)
if [ -n "$id" ]; then
  gh api --silent --method PATCH "repos/$REPOSITORY/issues/comments/$id" --raw-field "body=$body"
else
  gh api --silent --method POST "$comments" --raw-field "body=$body"
fi
