# The canary may start on every other kind of node. Without that it might get the same one again: the scheduler counts no addresses.
set -eu
kubectl --namespace "$NAMESPACE" patch deployment canary --type json --patch '[
  {"op": "remove", "path": "/spec/template/spec/nodeSelector"},
  {"op": "add", "path": "/spec/template/spec/affinity", "value": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {
    "nodeSelectorTerms": [{"matchExpressions": [{"key": "incident-lab/small-pool", "operator": "DoesNotExist"}]}]}}}}
]' >/dev/null
