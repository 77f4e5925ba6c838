# An edit that changes nothing of what is in it: of the Secret where the arm has one, of the ConfigMap elsewhere.
set -eu
kind=configmap
if kubectl --namespace "$NAMESPACE" get secret database >/dev/null 2>&1; then kind=secret; fi
kubectl --namespace "$NAMESPACE" annotate $kind database incident-lab/note=reviewed --overwrite >/dev/null
