# The ledger is as fast as before.
set -eu
kubectl --namespace "$NAMESPACE" exec deployment/ledger -- rm /state/slow
