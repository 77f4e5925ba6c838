# Give it the pods it needs, by hand.
set -eu
kubectl --namespace "$NAMESPACE" scale deployment web --replicas=4
