# All pods of the webhook are gone, as after an outage of their nodes, and then that of the shop. A pod that is only told to end would still admit others.
set -eu
kubectl --namespace "$NAMESPACE" scale deployment webhook --replicas=0 >/dev/null
kubectl --namespace "$NAMESPACE" wait pod --selector app=webhook --for=delete --timeout=30s >/dev/null
kubectl --namespace "$NAMESPACE" delete pods --selector app=shop --wait=false >/dev/null
kubectl --namespace "$NAMESPACE" scale deployment webhook --replicas=2 >/dev/null
