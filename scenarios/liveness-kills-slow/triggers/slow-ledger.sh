# The ledger takes 3 s for each reply. It answers every one of them.
set -eu
kubectl --namespace "$NAMESPACE" exec deployment/ledger -- touch /state/slow
