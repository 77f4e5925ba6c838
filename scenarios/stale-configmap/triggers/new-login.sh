# Another login to the same data, as when credentials are rotated. Arguments: the login there is, the new one.
set -eu
kubectl --namespace "$NAMESPACE" exec deploy/db-green -- psql --quiet --host /tmp --username postgres \
  --command "CREATE ROLE $2 LOGIN PASSWORD 'password-of-$2' IN ROLE $1"
