// A node with few pod addresses, where an address can belong to a pod object, like branch network interfaces on EKS.
import * as z from 'zod'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LabError } from '../../model/lab-error.ts'
import { runScript } from '../../model/node-shell.ts'
import { configureKubelet, labFolder } from '../kubelet.ts'
import type { KubeletSettings, NodeAccess } from '../kubelet.ts'

const pool = `${labFolder}/pool`
const plugin = '/opt/cni/bin/object-owned'
const unit = 'incident-lab-addresses'

/** The network configuration that the container runtime reads instead of the cluster's own: the first file by name. */
export const poolConfiguration = '/etc/cni/net.d/00-incident-lab.conflist'

/** The parts of a CNI configuration list that the lab uses. */
const Conflist = z.looseObject({
  name: z.string(),
  plugins: z.tuple(
    [
      z.looseObject({
        ipam: z.looseObject({
          type: z.string(),
          dataDir: z.string().default('/var/lib/cni/networks'),
          ranges: z.tuple([z.tuple([z.looseObject({ subnet: z.string() })], z.unknown())], z.unknown()).optional(),
        }),
      }),
    ],
    z.unknown(),
  ),
})

/** Returns a description. The node's other pods keep their addresses, and new ones also get one from the small pool. */
export const makePoolSmall = async (node: NodeAccess, settings: KubeletSettings, addresses: number): Promise<string> => {
  const read = await runScript(
    node.shell,
    "read the node's network configuration",
    'cat "$(ls /etc/cni/net.d/*.conflist | head -1)"',
  )
  const own = Conflist.parse(JSON.parse(read))
  const { ipam } = own.plugins[0]
  if (ipam.type !== 'host-local' || !ipam.ranges)
    throw new LabError('The pool of addresses cannot be made small', {
      why: `the lab can only shrink host-local IPAM pools, and ${node.name} uses ${ipam.type}`,
      next: 'use a shape that keeps the network of kind',
      exit: 'cannotRun',
    })
  const store = `${ipam.dataDir}/${own.name}`
  const taken = (await runScript(node.shell, 'list the addresses in use', `ls ${store} 2>/dev/null || true`)).split('\n')
  const range = freeRange(ipam.ranges[0][0].subnet, taken, addresses)
  const [first, ...others] = own.plugins
  const [[subnet]] = ipam.ranges
  const smaller = {
    ...own,
    plugins: [{ ...first, ipam: { ...ipam, type: 'object-owned', ranges: [[{ ...subnet, ...range }]] } }, ...others],
  }
  const encoded = async (name: string): Promise<string> => (await readFile(join(import.meta.dirname, name))).toString('base64')
  await runScript(
    node.shell,
    'give the node a small pool of addresses',
    `mkdir -p ${pool}/owners ${pool}/held
echo '${store} ${range.rangeStart} ${range.rangeEnd}' > ${pool}/range
echo ${await encoded('object-owned.sh')} | base64 -d > ${plugin}
echo ${await encoded('address-watch.sh')} | base64 -d > ${pool}/address-watch
chmod +x ${plugin}
systemd-run --quiet --collect --unit=${unit} bash ${pool}/address-watch
echo ${Buffer.from(JSON.stringify(smaller)).toString('base64')} | base64 -d > ${pool}/conflist
mv ${pool}/conflist ${poolConfiguration}.draft
mv ${poolConfiguration}.draft ${poolConfiguration}`,
  )
  await configureKubelet(node, settings)
  return (
    `${addresses} addresses for pods, ${range.rangeStart} to ${range.rangeEnd}, from host-local; ` +
    "a pod may own its address with its object (the lab's IPAM plugin object-owned)"
  )
}

/** The first contiguous range of this many free addresses in a /24 or larger. */
export const freeRange = (
  subnet: string,
  taken: readonly string[],
  addresses: number,
): { readonly rangeStart: string; readonly rangeEnd: string } => {
  const [, net = '', bits = 32] = /^(\d+\.\d+\.\d+)\.0\/(\d+)$/.exec(subnet) ?? []
  const used = new Set(taken)
  const last = 254
  for (let start = 2; Number(bits) <= 24 && start + addresses - 1 <= last; start++) {
    const all = Array.from({ length: addresses }, (_, index) => `${net}.${start + index}`)
    if (!all.some((each) => used.has(each))) return { rangeStart: all[0] ?? '', rangeEnd: all.at(-1) ?? '' }
  }
  throw new LabError(`${subnet} has no ${addresses} contiguous free addresses left`, {
    exit: 'cannotRun',
    next: '`lab down`, then run it again: a new node has a whole /24',
  })
}

/** Bash: restores the cluster's own configuration, and releases held addresses. No pod of an episode is left by now. */
export const removePool = `if [ -e ${poolConfiguration} ]; then
  rm -f ${poolConfiguration} ${poolConfiguration}.draft ${plugin}
  systemctl stop ${unit} || true
  read -r store _ < ${pool}/range && for held in ${pool}/held/*; do
    [ -e "$held" ] || continue
    while read -r container _; do (grep -l "^$container" "$store"/[0-9]* || true) | xargs -r rm -f; done < "$held"
  done
fi`

/** Bash: prints the UIDs of pods whose addresses are held although their containers are gone. */
export const heldAddresses = `ls ${pool}/held 2>/dev/null || true`
