# The reloader is stopped, as by a drain of its node.
set -eu
kubectl --namespace "$NAMESPACE" scale deployment reloader --replicas=0 >/dev/null
kubectl --namespace "$NAMESPACE" wait pod --selector app=reloader --for=delete --timeout=30s >/dev/null
