# Both Deployments are restarted: their new pods pass through the webhook like those before.
set -eu
kubectl --namespace "$NAMESPACE" rollout restart deployment webhook shop >/dev/null
