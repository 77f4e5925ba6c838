# The article's script with both mistakes corrected: jq gets the name as an argument, and the ">" is gone. The rest is as printed: it takes every
# finalizer off a pod that has this one.
set -eu
FINALIZER_NAME=incident-lab.example/address-record

kubectl get pods -n "$NAMESPACE" -o json |
jq -r --arg finalizer "$FINALIZER_NAME" '
  .items[]
  | select(.metadata.deletionTimestamp != null)
  | select(.metadata.finalizers // [] | index($finalizer))
  | "kubectl patch pod \(.metadata.name) -n $NAMESPACE -p '\''{\"metadata\":{\"finalizers\":[]}}'\'' --type=merge"
' | sh >/dev/null

# What it has done:
kubectl get pods -n "$NAMESPACE" -o json | jq -r '"\([.items[] | select(.metadata.deletionTimestamp != null)] | length) pods are being deleted still"'
