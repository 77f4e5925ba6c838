#!/bin/bash
# CNI IPAM plugin: host-local hands out an address and takes it back, but not before its owner is gone. Its owner is the pod's object
# where the pod says so (address-watch.sh knows of which), else its containers, as with host-local alone.
readonly pool=/run/incident-lab/pool
conf=$(cat)
[[ $CNI_ARGS =~ K8S_POD_UID=([0-9a-f-]+) ]] && uid=${BASH_REMATCH[1]}

if [[ $CNI_COMMAND == DEL && -n ${uid:-} ]]; then
  exec 9>"$pool/lock"
  flock 9
  if [[ -e $pool/owners/$uid ]]; then
    printf '%s' "$conf" >"$pool/conf"
    echo "$CNI_CONTAINERID $CNI_IFNAME" >>"$pool/held/$uid"
    exit 0
  fi
fi
/opt/cni/bin/host-local <<<"${conf/\"object-owned\"/\"host-local\"}"
