# Three pods of the webhook instead of two, none of which is admitted.
set -eu
kubectl --namespace "$NAMESPACE" scale deployment webhook --replicas=3 >/dev/null
