# The canary goes, so that another one can show whether a new pod starts.
set -eu
kubectl --namespace "$NAMESPACE" delete deployment canary --ignore-not-found >/dev/null
kubectl --namespace "$NAMESPACE" wait pod --selector app=canary --for=delete --timeout=60s >/dev/null
