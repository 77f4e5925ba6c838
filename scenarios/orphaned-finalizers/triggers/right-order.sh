# The right order: first what the operator looks after, and the operator when nothing of that is left.
set -eu
kubectl --namespace "$NAMESPACE" delete fleet fleet >/dev/null
kubectl --namespace "$NAMESPACE" delete pods --selector app=fleet --wait=false >/dev/null
kubectl --namespace "$NAMESPACE" wait pod --selector app=fleet --for=delete --timeout=200s >/dev/null
kubectl --namespace "$NAMESPACE" delete deployment operator >/dev/null
