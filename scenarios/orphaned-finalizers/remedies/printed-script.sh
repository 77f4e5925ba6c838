# The script as it is printed in the article, to the letter. The variable stands inside single quotes, where bash leaves it as it is,
# and a ">" strayed in: jq looks for a finalizer that is called "$FINALIZER_NAME>", and nothing is.
FINALIZER_NAME=incident-lab.example/address-record

kubectl get pods -n $NAMESPACE -o json |
jq -r '
  .items[]
  | select(.metadata.deletionTimestamp != null)
  | select(.metadata.finalizers | index("$FINALIZER_NAME>"))
  | "kubectl patch pod \(.metadata.name) -n $NAMESPACE -p '\''{\"metadata\":{\"finalizers\":[]}}'\'' --type=merge"
' | sh

# What it has done:
kubectl get pods -n $NAMESPACE -o json | jq -r '"\([.items[] | select(.metadata.deletionTimestamp != null)] | length) pods are being deleted still"'
