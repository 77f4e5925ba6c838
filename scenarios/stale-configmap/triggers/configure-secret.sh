# As configure.sh, for a Secret. Arguments: the database's host, the login.
set -eu
host=${1:-db-green} user=${2:-shop}
kubectl --namespace "$NAMESPACE" patch secret database --type merge --patch \
  "{\"stringData\": {\"DB_HOST\": \"$host\", \"DB_USER\": \"$user\", \"DB_PASSWORD\": \"password-of-$user\"}}" >/dev/null
