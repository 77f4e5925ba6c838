import { expect, test } from 'vitest'
import { lackingIn } from './service-rules.ts'

const iptables = `:KUBE-SERVICES - [0:0]
-A KUBE-SEP-A -s 10.244.1.2/32 -m comment --comment "lab/server:grpc" -j KUBE-MARK-MASQ
-A KUBE-SEP-A -p tcp -m tcp -j DNAT --to-destination 10.244.1.2:9000`
const nftables = `table ip kube-proxy {
  chain endpoint-A-lab/server/tcp/grpc__10.244.1.2/9000 { meta l4proto tcp dnat to 10.244.1.2:9000 }
}`

test.each([
  ['iptables', iptables],
  ['nftables', nftables],
])('a pod that the rules of %s do not name yet is lacking; one whose address only begins alike is not the same', (_, rules) => {
  expect(lackingIn(rules, ['10.244.1.2', '10.244.1.25', '10.244.1'])).toEqual(['10.244.1.25', '10.244.1'])
})

test('on a node without rules of kube-proxy nothing is lacking', () => {
  expect(lackingIn('', ['10.244.1.2'])).toEqual([])
})
