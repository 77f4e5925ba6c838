# How it went wrong: the operator goes first, then what it looks after. Its finalizer is on every pod, and nobody is left to take it off.
set -eu
kubectl --namespace "$NAMESPACE" delete deployment operator >/dev/null
kubectl --namespace "$NAMESPACE" wait pod --selector app=operator --for=delete --timeout=30s >/dev/null
kubectl --namespace "$NAMESPACE" delete fleet fleet >/dev/null
kubectl --namespace "$NAMESPACE" delete pods --selector app=fleet --wait=false >/dev/null
