# A login ends. Argument: which.
set -eu
kubectl --namespace "$NAMESPACE" exec deploy/db-green -- psql --quiet --host /tmp --username postgres --command "ALTER ROLE $1 NOLOGIN"
