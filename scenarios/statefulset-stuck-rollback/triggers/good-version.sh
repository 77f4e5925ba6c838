# A new version that starts.
set -eu
kubectl --namespace "$NAMESPACE" set env statefulset/store CPU_MS_PER_REQUEST=2 >/dev/null
