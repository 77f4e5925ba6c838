// A node with its kubelet directory, pod logs and /var/log/app on a small file system, which contains a flood.
import { runScript } from '../model/node-shell.ts'
import { configureKubelet, labFolder } from './kubelet.ts'
import type { KubeletSettings, NodeAccess } from './kubelet.ts'

const diskMib = 640
const volumeMib = 192

/** The small file system, as a path on the node. */
const smallDisk = `${labFolder}/disk`

/** The folder pods write logs to through a hostPath; on the small file system. */
const appLogs = '/var/log/app'

/** Folder of the loop device's image: allocated beforehand, so that filling it takes no more disk. */
export const imageFolder = '/var/incident-lab'

/**
 * A loop device behaves like a disk. Without one, or without mkfs.ext4, a tmpfs of the same size: it takes memory, but no disk
 * of the host. Kubernetes' own tests raise the eviction threshold instead; then a flood would really fill the host's disk.
 */
const mountSmall = `mount_small() { # mount_small NAME MIB
  mkdir -p ${labFolder}/$1 ${imageFolder}
  free=$(losetup -f 2>/dev/null | tr -dc 0-9) # the next one of the machine's; other nodes take some meanwhile
  for i in $(seq 0 31) $(seq \${free:-0} $((\${free:-0} + 31))); do [ -b /dev/loop$i ] || mknod -m 660 /dev/loop$i b 7 $i || true; done
  if command -v mkfs.ext4 >/dev/null && fallocate -l $2M ${imageFolder}/$1.img &&
    mkfs.ext4 -q -m 0 -O ^has_journal -E nodiscard ${imageFolder}/$1.img && mount -o loop ${imageFolder}/$1.img ${labFolder}/$1
  then echo "$1 loop"
  else rm -f ${imageFolder}/$1.img; mount -t tmpfs -o size=$2m tmpfs ${labFolder}/$1; echo "$1 tmpfs"
  fi
}`

/** Returns a description. The second file system represents a volume that is not the node's disk. */
export const makeDiskSmall = async (node: NodeAccess, { fields, flags }: KubeletSettings): Promise<string> => {
  const printed = await runScript(
    node.shell,
    'give the node a small disk',
    `${mountSmall}
mount_small disk ${diskMib}
mount_small volume ${volumeMib}
mkdir ${smallDisk}/kubelet ${smallDisk}/logs ${smallDisk}/app
chmod 1777 ${smallDisk}/app ${labFolder}/volume
mkdir -p ${appLogs}
mount --bind ${smallDisk}/app ${appLogs}`,
  )
  const kind = /^disk (loop|tmpfs)$/m.exec(printed)?.[1]
  await configureKubelet(node, {
    fields: { ...fields, podLogsDir: `${smallDisk}/logs` },
    flags: { ...flags, 'root-dir': `${smallDisk}/kubelet` },
  })
  const what =
    kind === 'loop'
      ? `ext4 on a loop device of ${diskMib} MiB`
      : `a tmpfs of ${diskMib} MiB, since no loop device could be mounted`
  return `kubelet directory, pod logs and ${appLogs} on ${what}; another of ${volumeMib} MiB as a volume that is not the node's disk`
}

/** Bash: deletes files that pods wrote outside the kubelet's accounting. */
export const emptyDisk = `find ${smallDisk}/app ${labFolder}/volume -mindepth 1 -not -name lost+found -delete`

/** Bash: unmounts what is mounted; a loop device is released with its mount. */
export const removeDisk = `for path in ${appLogs} ${smallDisk} ${labFolder}/volume; do
  if mountpoint -q $path; then umount -R $path || umount -R -l $path; fi
done
rm -rf ${imageFolder}`
