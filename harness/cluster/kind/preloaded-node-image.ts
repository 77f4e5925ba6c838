// The preloaded node image: contains the images its pods need, unpacked once for all nodes.
import { $ } from '../../artifact/shell.ts'
import { inBuilder, withVolume } from '../../artifact/builder.ts'
import { contentHash } from '../../artifact/cache.ts'
import { image } from '../../artifact/image.ts'
import type { Work } from '../../model/work.ts'

export const preloadedNodeImageName = 'incident-lab/preloaded-node'

const containerdRoot = '/var/lib/containerd'

/** Folder of the layers in the image; outside of /var, which kind turns into a volume, copied for each node. */
const shelf = '/opt/incident-lab/images'

/** Newer images kept besides the requested one: a demonstration needs fewer images than a run of everything. */
const othersKept = 1

/**
 * A node image like `base` that also contains these images. `NAME:TAG` is also tagged `NAME:current`, for manifests that are applied by hand.
 *
 * containerd unpacks an image when a pod first needs it, on each node: 1 to 3 s of CPU time per image, and its size on disk. Here it
 * happens once. Unpacked layers become part of the node image, which nodes share, and each node's containerd has links to them: they are
 * the lower directories of its overlay mounts, which may themselves be on an overlay. A layer that removes files of the one below
 * cannot; an image with such a layer stays packed.
 */
export const preloadedNodeImage = async (work: Work, base: string, images: readonly string[]): Promise<string> => {
  const hash = await contentHash('', [], [base, ...images.toSorted(), unpack, shelve])
  return image(work, preloadedNodeImageName, hash, (reference) => preload(work, base, images, reference), othersKept)
}

const preload = ({ signal }: Work, base: string, images: readonly string[], reference: string): Promise<void> =>
  withVolume(signal, async (volume) => {
    const docker = $({ quiet: true, signal })
    await inBuilder(signal, base, `${volume}:${containerdRoot}`, async (container) => {
      await docker`docker save ${images} | docker exec --interactive ${container} bash -euc ${unpack}`
    })
    await inBuilder(signal, base, `${volume}:/unpacked:ro`, async (container) => {
      await docker`docker exec ${container} bash -euc ${shelve}`
      await docker`docker commit --change ${'ENTRYPOINT ["/usr/local/bin/entrypoint", "/sbin/init"]'} ${container} ${reference}`
    })
  })

/** Bash, with containerd's folder on a file system that supports overlays: unpacks all images of an archive. */
const unpack = `
containerd >/dev/null 2>&1 &
daemon=$!
ctr() { command ctr --namespace k8s.io "$@"; }
until ctr version >/dev/null 2>&1; do sleep 0.1; done
ctr images import --no-unpack - >/dev/null
blobs=${containerdRoot}/io.containerd.content.v1.content/blobs/sha256
layers() { # layers NAME: digests of its layers, in one line
  local manifest=$(ctr images ls | awk -v name="$1" '$1 == name {sub("sha256:", "", $3); print $3}')
  jq --raw-output '[.layers[].digest | sub("sha256:"; "")] | join(" ")' "$blobs/$manifest"
}
packed= unpacked=
for name in $(ctr images ls --quiet); do
  removes=no
  for layer in $(layers "$name"); do
    if tar --list --file "$blobs/$layer" | grep -E '(^|/)[.]wh[.]' >/dev/null; then removes=yes; fi
  done
  if [ $removes = yes ]; then packed+=" $(layers "$name")"; continue; fi
  ctr images mount "$name" /mnt >/dev/null
  ctr images unmount --rm /mnt >/dev/null
  unpacked+=" $(layers "$name")"
  case $name in */incident-lab/*) ctr images tag "$name" "\${name%:*}:current" >/dev/null ;; esac
done
for layer in $unpacked; do
  case "$packed " in *" $layer "*) continue ;; esac
  if [ -e "$blobs/$layer" ]; then ctr content rm "sha256:$layer" >/dev/null; rm -f "$blobs/$layer"; fi
done
kill $daemon
wait $daemon || true`

/** Bash, in a container of the new image: copies all this to its containerd, with links to what is large. */
const shelve = `
store=${containerdRoot} snapshots=io.containerd.snapshotter.v1.overlayfs
rm -rf $store
mkdir -p ${shelf}/snapshots $store/$snapshots/snapshots
cp -a /unpacked/io.containerd.metadata.v1.bolt $store/
cp -a /unpacked/$snapshots/metadata.db $store/$snapshots/
cp -a /unpacked/io.containerd.content.v1.content ${shelf}/content
ln -s ${shelf}/content $store/io.containerd.content.v1.content
for each in /unpacked/$snapshots/snapshots/*; do
  id=\${each##*/}
  cp -a $each/fs ${shelf}/snapshots/$id
  mkdir -p $store/$snapshots/snapshots/$id/work
  ln -s ${shelf}/snapshots/$id $store/$snapshots/snapshots/$id/fs
done`
