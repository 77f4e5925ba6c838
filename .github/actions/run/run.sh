#!/usr/bin/env bash
# The lab as a step of a GitHub workflow: a run, its summary, and what changed since earlier runs. Its exit code is that of the run; or 1 where
# the run is as expected and the comparison found a regression.
# Given: ARGUMENTS of `lab run`, OUT, HISTORY and ACKNOWLEDGED as the inputs of action.yml; GitHub's own files for summary and outputs.
set -uo pipefail
lab=$(cd "$(dirname "$0")/../../.." && pwd)
absolute() { if [ -n "$1" ]; then realpath -m "$1"; fi; } # as seen from the workspace
out=$(absolute "$OUT") history=$(absolute "$HISTORY") acknowledged=$(absolute "$ACKNOWLEDGED")
read -ra arguments <<<"$ARGUMENTS"

cd "$lab" || exit
npx lab run "${arguments[@]}" --out "$out"
status=$?
echo "exit-code=$status" >>"$GITHUB_OUTPUT"
for summary in "$out/summary.md" "$out/matrix.md"; do
  if [ -f "$summary" ]; then cat "$summary" >>"$GITHUB_STEP_SUMMARY"; fi
done

shopt -s nullglob
earlier=()
if [ -n "$history" ]; then earlier=("$history"/*/run.json); fi
if [ -f "$out/run.json" ] && [ "${#earlier[@]}" -gt 0 ]; then
  npx lab diff "${earlier[@]}" "$out" --markdown ${acknowledged:+--acknowledged "$acknowledged"} >>"$GITHUB_STEP_SUMMARY"
  compared=$?
  echo "compared=$compared" >>"$GITHUB_OUTPUT"
  if [ "$status" -eq 0 ] && [ "$compared" -eq 1 ]; then status=1; fi
fi
exit "$status"
