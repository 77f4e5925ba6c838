# The webhook gets a certificate, its pods start, and it is registered: from now on no pod is created in this namespace without its consent.
# The ConfigMap `registration` says its failurePolicy, and which pods it is asked about.
set -eu
registration() { kubectl --namespace "$NAMESPACE" get configmap registration -o "jsonpath={.data.$1}"; }
policy=$(registration failurePolicy)
pods=$(registration pods)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
version=$(kubeadm version -o short) # else kubeadm asks the internet
kubeadm init phase certs ca --cert-dir "$folder" --kubernetes-version "$version" >/dev/null
kubeadm init phase certs apiserver --cert-dir "$folder" --kubernetes-version "$version" --apiserver-cert-extra-sans "webhook.$NAMESPACE.svc" >/dev/null
kubectl --namespace "$NAMESPACE" create secret tls webhook --cert "$folder/apiserver.crt" --key "$folder/apiserver.key" >/dev/null
kubectl --namespace "$NAMESPACE" scale deployment webhook --replicas=2 >/dev/null
kubectl --namespace "$NAMESPACE" wait deployment webhook --for=jsonpath='{.status.readyReplicas}'=2 --timeout=60s >/dev/null

# With the labels by which the lab finds what belongs to this arm, and removes it.
labels=$(kubectl get namespace "$NAMESPACE" -o json |
  jq -c '.metadata | (.labels | with_entries(select(.key | IN("app.kubernetes.io/managed-by", "incident-lab/owner")))) + {"incident-lab/namespace": .name}')
kubectl apply -f - >/dev/null <<EOF
{
  "apiVersion": "admissionregistration.k8s.io/v1",
  "kind": "ValidatingWebhookConfiguration",
  "metadata": {"name": "$NAMESPACE", "labels": $labels},
  "webhooks": [{
    "name": "webhook.incident-lab.example",
    "admissionReviewVersions": ["v1"],
    "sideEffects": "None",
    "failurePolicy": "$policy",
    "timeoutSeconds": 5,
    "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "$NAMESPACE"}},
    "objectSelector": $pods,
    "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}],
    "clientConfig": {
      "service": {"namespace": "$NAMESPACE", "name": "webhook", "port": 443},
      "caBundle": "$(base64 -w0 "$folder/ca.crt")"
    }
  }]
}
EOF
