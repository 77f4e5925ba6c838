# What was before the database moved: the old one runs, and the configuration names it.
set -eu
kubectl --namespace "$NAMESPACE" scale deployment db-blue --replicas=1 >/dev/null
kubectl --namespace "$NAMESPACE" patch configmap database --type merge --patch \
  '{"data": {"DB_HOST": "db-blue", "DB_USER": "shop", "DB_PASSWORD": "password-of-shop"}}' >/dev/null
kubectl --namespace "$NAMESPACE" annotate configmap database incident-lab/note- >/dev/null
