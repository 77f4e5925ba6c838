# The configuration is changed, and nothing else: the Secret where the arm has one, the ConfigMap elsewhere.
# Arguments: the database's host, the login.
set -eu
host=${1:-db-green} user=${2:-shop}
values="{\"DB_HOST\": \"$host\", \"DB_USER\": \"$user\", \"DB_PASSWORD\": \"password-of-$user\"}"
if kubectl --namespace "$NAMESPACE" get secret database >/dev/null 2>&1; then
  kubectl --namespace "$NAMESPACE" patch secret database --type merge --patch "{\"stringData\": $values}" >/dev/null
else
  kubectl --namespace "$NAMESPACE" patch configmap database --type merge --patch "{\"data\": $values}" >/dev/null
fi
