// Firewall rules of published ports: an engine that is killed while it starts a container leaves the hairpin rule of that container behind.
import { BlockList, isIPv4 } from 'node:net'
import { execa } from 'execa'
import { networkName } from './kind.ts'
import { askOwn } from './own-engine.ts'

const iptables = async (...words: string[]): Promise<string> =>
  (await execa('iptables', ['--wait', '--table', 'nat', ...words], { reject: false })).stdout ?? ''

const toItself =
  /^-A (?<rule>POSTROUTING -s (?<address>\S+)\/32 -d \k<address>\/32 -p tcp -m tcp --dport (?<port>\d+) -j MASQUERADE)$/gm

interface PortRule {
  /** "port 6443 of 172.18.0.9". */
  readonly name: string
  /** Arguments for `iptables --delete`. */
  readonly rule: readonly string[]
}

/** Subnets last: without them, from a truncated answer, no rule counts as orphaned. */
const addressesAndSubnets = '{{range .Containers}}{{.IPv4Address}} {{end}}\n{{range .IPAM.Config}}{{.Subnet}} {{end}}'

/** Rules of the lab's engine for addresses of the cluster's network that no container has. Reads rules first, since a container gets its address before its rule. */
export const forgottenPortRules = async (): Promise<PortRule[]> => {
  const rules = [...(await iptables('--list-rules', 'POSTROUTING')).matchAll(toItself)].map(({ groups = {} }) => groups)
  if (rules.length === 0) return []
  const answer = await askOwn('network', 'inspect', networkName, '--format', addressesAndSubnets)
  const [taken = [], subnets = []] = answer.split('\n').map((line) => line.split(' ').map((each) => each.split('/')))
  const network = new BlockList()
  for (const [from = '', bits] of subnets) if (isIPv4(from)) network.addSubnet(from, Number(bits))
  return rules
    .filter(({ address = '' }) => network.check(address) && !taken.some(([container]) => container === address))
    .map(({ rule = '', address, port }) => ({ name: `port ${port} of ${address}`, rule: rule.split(' ') }))
}

/** Ignores rules that are already gone. */
export const removePortRules = async (rules: readonly PortRule[]): Promise<void> => {
  for (const { rule } of rules) await iptables('--delete', ...rule)
}
