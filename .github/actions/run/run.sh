#!/usr/bin/env bash
# The lab as a step of a GitHub workflow: a run, its summary, and what changed since earlier runs. Its exit code is that of the run; where that
# is 0, the one of the comparison; and 1 where the run is inconclusive and the comparison found a regression.
# It compares with three earlier runs or more. With BASE and CHANGE it is `lab compare` of these instead, and leaves comment.md, whatever happens.
# Given: ARGUMENTS of `lab run` or `lab compare`, OUT, HISTORY, ACKNOWLEDGED and ALLOW_MISSING as the inputs of action.yml; GitHub's own files for summary and outputs.
set -uo pipefail
lab=$(cd "$(dirname "$0")/../../.." && pwd)
absolute() { if [ -n "$1" ]; then realpath -m "$1"; fi; } # as seen from the workspace
out=$(absolute "$OUT") history=$(absolute "$HISTORY") acknowledged=$(absolute "$ACKNOWLEDGED")
read -ra arguments <<<"$ARGUMENTS"

cd "$lab" || exit
if [ -n "${BASE:-}" ]; then
  options=(--base "$BASE" --change "${CHANGE:-}" --markdown)
  if [ -n "$acknowledged" ]; then options+=(--acknowledged "$acknowledged"); fi
  mkdir -p "$out"
  npx lab compare "${arguments[@]}" "${options[@]}" --out "$out" >"$out/comment.md"
  status=$?
  if [ ! -s "$out/comment.md" ]; then echo "No comparison of $BASE with ${CHANGE:-}: \`lab compare\` ended with exit code $status. The log of the job says why." >"$out/comment.md"; fi
  cat "$out/comment.md" >>"$GITHUB_STEP_SUMMARY"
  echo "exit-code=$status" >>"$GITHUB_OUTPUT"
  exit "$status"
fi
npx lab run "${arguments[@]}" --out "$out"
status=$?
echo "exit-code=$status" >>"$GITHUB_OUTPUT"
for summary in "$out/summary.md" "$out/matrix.md"; do
  if [ -f "$summary" ]; then cat "$summary" >>"$GITHUB_STEP_SUMMARY"; fi
done

shopt -s nullglob
earlier=()
if [ -n "$history" ]; then earlier=("$history"/*/run.json); fi
if [ -f "$out/run.json" ] && [ "${#earlier[@]}" -ge 3 ]; then # how far three are apart is the noise
  options=(--markdown)
  if [ -n "$acknowledged" ]; then options+=(--acknowledged "$acknowledged"); fi
  if [ "${ALLOW_MISSING:-}" = true ]; then options+=(--allow-missing); fi
  npx lab diff "${earlier[@]}" "$out" "${options[@]}" >>"$GITHUB_STEP_SUMMARY"
  compared=$?
  echo "compared=$compared" >>"$GITHUB_OUTPUT"
  if [ "$status" -eq 0 ] || { [ "$status" -eq 4 ] && [ "$compared" -eq 1 ]; }; then status=$compared; fi
fi
exit "$status"
