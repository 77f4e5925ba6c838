// Firewall rules of published ports: an engine that is killed while it starts a container forgets the one by which the container reaches its own port.
import { BlockList } from 'node:net'
import { execa } from 'execa'
import * as z from 'zod'
import { askOwn } from './own-engine.ts'

const iptables = async (...words: string[]): Promise<string> =>
  (await execa('iptables', ['--wait', '--table', 'nat', ...words], { reject: false })).stdout ?? ''

const toItself =
  /^-A (?<rule>POSTROUTING -s (?<address>\S+)\/32 -d \k<address>\/32 -p tcp -m tcp --dport (?<port>\d+) -j MASQUERADE)$/gm

interface PortRule {
  /** "port 6443 of 172.18.0.9". */
  readonly name: string
  /** As `iptables --delete` takes it. */
  readonly rule: readonly string[]
}

const Networks = z.array(
  z.object({
    IPAM: z.object({ Config: z.array(z.object({ Subnet: z.string() })) }),
    Containers: z.record(z.string(), z.object({ IPv4Address: z.string() })),
  }),
)

/** Of the engine that the lab started: those for addresses of kind's network that no container has. Rules are read first, for a container has its address before its rule. */
export const forgottenPortRules = async (): Promise<PortRule[]> => {
  const rules = [...(await iptables('--list-rules', 'POSTROUTING')).matchAll(toItself)]
  if (rules.length === 0) return []
  const networks = Networks.parse(JSON.parse((await askOwn('network', 'inspect', 'kind')) || '[]'))
  const ours = new BlockList()
  for (const { Subnet } of networks.flatMap(({ IPAM }) => IPAM.Config)) {
    const [from = '', bits] = Subnet.split('/')
    ours.addSubnet(from, Number(bits), from.includes(':') ? 'ipv6' : 'ipv4')
  }
  const taken = networks.flatMap(({ Containers }) => Object.values(Containers).map((each) => each.IPv4Address.split('/')[0]))
  return rules
    .map(({ groups: { rule = '', address = '', port = '' } = {} }) => ({ rule: rule.split(' '), address, port }))
    .filter(({ address }) => ours.check(address) && !taken.includes(address))
    .map(({ rule, address, port }) => ({ name: `port ${port} of ${address}`, rule }))
}

/** One that is gone meanwhile is no failure. */
export const removePortRules = async (rules: readonly PortRule[]): Promise<void> => {
  for (const { rule } of rules) await iptables('--delete', ...rule)
}
