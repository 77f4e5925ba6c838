# The configuration is changed, and nothing else. Arguments: the database's host, the login.
set -eu
host=${1:-db-green} user=${2:-shop}
kubectl --namespace "$NAMESPACE" patch configmap database --type merge --patch \
  "{\"data\": {\"DB_HOST\": \"$host\", \"DB_USER\": \"$user\", \"DB_PASSWORD\": \"password-of-$user\"}}" >/dev/null
