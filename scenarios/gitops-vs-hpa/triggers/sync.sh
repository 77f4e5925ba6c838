# One sync of a GitOps controller: it applies what Git holds (ConfigMap `git`). With the argument self-heal no commit caused it.
set -eu
git() { kubectl --namespace "$NAMESPACE" get configmap git -o "jsonpath={.data.$1}"; }
if [ "${1:-commit}" = self-heal ] && [ "$(git selfHeal)" != true ]; then
  echo "self-heal is off: nothing is applied without a commit"
  exit
fi
# Git holds the Deployment as it runs, but for its replicas.
kubectl --namespace "$NAMESPACE" get deployment web -o json |
  jq --arg replicas "$(git replicas)" '
    {apiVersion, kind, metadata: {name: .metadata.name, labels: .metadata.labels}, spec: (.spec | del(.replicas))}
    | if $replicas == "" then . else .spec.replicas = ($replicas | tonumber) end' |
  # A sync that the API server refuses is an outcome, too: the controller shows it.
  kubectl --namespace "$NAMESPACE" apply $(git apply) -f - 2>&1 || true
