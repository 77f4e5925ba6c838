# kustomize names the ConfigMap after its content: another content is another name in the Deployment, and so a rollout.
# Arguments: the database's host, the login, a note that is none of the content.
set -eu
host=${1:-db-green} user=${2:-shop} note=${3:-}
folder=$(mktemp --directory)
trap 'rm -r "$folder"' EXIT
cat >"$folder/kustomization.yaml" <<END
namespace: $NAMESPACE
resources: [shop.yaml]
configMapGenerator:
  - name: database
    literals: [DB_HOST=$host, DB_USER=$user, DB_PASSWORD=password-of-$user, DB_NAME=orders]
    options:
      labels: {app: database}
      annotations: {incident-lab/note: "$note"}
END
cat >"$folder/shop.yaml" <<'END'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  template:
    spec:
      containers:
        - name: shop
          envFrom:
            - configMapRef: {name: database}
      volumes:
        - {name: config, configMap: {name: database}}
END
kubectl apply --server-side --force-conflicts --kustomize "$folder" >/dev/null
