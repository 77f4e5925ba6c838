# The old database is stopped.
kubectl --namespace "$NAMESPACE" scale deployment db-blue --replicas=0 >/dev/null
