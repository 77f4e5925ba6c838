#!/bin/bash
# Knows which pods of this node own their address with their object, and gives addresses back when such an object is gone.
export KUBECONFIG=/etc/kubernetes/kubelet.conf
readonly pool=/run/incident-lab/pool
readonly pods=(kubectl get pods --all-namespaces --field-selector "spec.nodeName=$(hostname)")

release() { # release UID
  rm -f "$pool/owners/$1"
  [[ -e $pool/held/$1 ]] || return 0
  while read -r container interface; do
    CNI_COMMAND=DEL CNI_CONTAINERID=$container CNI_IFNAME=$interface CNI_NETNS='' CNI_PATH=/opt/cni/bin \
      /opt/cni/bin/host-local <<<"$(sed 's/"object-owned"/"host-local"/' "$pool/conf")"
  done <"$pool/held/$1"
  rm -f "$pool/held/$1"
}

# What was missed while nobody watched: objects that are not there any more.
missed() {
  local living known
  living=$("${pods[@]}" -o jsonpath='{.items[*].metadata.uid}') || return 0
  for known in "$pool"/owners/*; do
    [[ -e $known && $living != *${known##*/}* ]] && release "${known##*/}"
  done
}

follow() {
  local facts='{.type} {.object.metadata.uid} {.object.metadata.annotations.incident-lab/address-owner}{"\n"}'
  "${pods[@]}" --watch --output-watch-events -o jsonpath="$facts" | while read -r change uid owner; do
    if [[ $change == DELETED ]]; then
      exec 9>"$pool/lock"
      flock 9
      release "$uid"
      exec 9>&-
    elif [[ $owner == pod-object && ! -e $pool/owners/$uid ]]; then
      : >"$pool/owners/$uid"
    fi
  done
}

while :; do
  missed
  follow
  sleep 1
done
