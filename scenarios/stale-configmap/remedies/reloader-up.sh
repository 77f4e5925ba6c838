# The reloader comes back.
kubectl --namespace "$NAMESPACE" scale deployment reloader --replicas=1 >/dev/null
