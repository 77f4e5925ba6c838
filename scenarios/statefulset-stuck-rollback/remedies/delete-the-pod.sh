# The broken pod goes. The controller makes it again, by the template as it is since the rollback.
set -eu
kubectl --namespace "$NAMESPACE" delete pod store-2 --wait=false >/dev/null
