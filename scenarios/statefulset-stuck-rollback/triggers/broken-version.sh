# A new version whose image does not exist: a typo in its tag.
set -eu
image=$(kubectl --namespace "$NAMESPACE" get statefulset store -o jsonpath='{.spec.template.spec.containers[0].image}')
kubectl --namespace "$NAMESPACE" set image statefulset/store "store=${image%:*}:no-such-version" >/dev/null
