# The shop's pod ends, and the webhook's do not.
set -eu
kubectl --namespace "$NAMESPACE" delete pods --selector app=shop --wait=false >/dev/null
