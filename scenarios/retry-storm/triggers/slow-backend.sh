# The backend takes five times as long for each request.
set -eu
kubectl --namespace "$NAMESPACE" exec deployment/backend -- touch /state/slow
