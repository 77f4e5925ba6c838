# The flooder is taken down. Nobody looks at what it left on the node.
set -eu
kubectl --namespace "$NAMESPACE" scale deployment flooder --replicas=0 >/dev/null
kubectl --namespace "$NAMESPACE" delete pods --selector app=flooder --wait=false >/dev/null
