# What everybody does: back to the version before.
set -eu
kubectl --namespace "$NAMESPACE" rollout undo statefulset/store >/dev/null
kubectl --namespace "$NAMESPACE" get statefulset store -o jsonpath='current {.status.currentRevision}, update {.status.updateRevision}, updated pods {.status.updatedReplicas}'
