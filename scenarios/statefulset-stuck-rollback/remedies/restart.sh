# Another revision of the same template, in the hope that it moves something.
set -eu
kubectl --namespace "$NAMESPACE" rollout restart statefulset/store >/dev/null
