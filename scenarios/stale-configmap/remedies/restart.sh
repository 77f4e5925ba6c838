# Whoever changes the configuration restarts what reads it, and waits until that is done before the old database goes.
set -eu
kubectl --namespace "$NAMESPACE" rollout restart deployment shop >/dev/null
kubectl --namespace "$NAMESPACE" rollout status deployment shop --timeout=60s >/dev/null
