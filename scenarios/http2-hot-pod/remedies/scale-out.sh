# Scale out, as one does when load grows.
kubectl --namespace "$NAMESPACE" scale deployment server --replicas 5
