# Once more, since nothing happened.
set -eu
kubectl --namespace "$NAMESPACE" rollout undo statefulset/store >/dev/null
