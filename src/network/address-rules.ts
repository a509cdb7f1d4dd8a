import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Range = readonly [Address, number]

/** `onSite`: the hub serves the network that it stands in. `hosted`: tenants must not look into that network. */
export type NetworkMode = 'onSite' | 'hosted'

/** Who may be connected to. */
export interface AddressRules {
  readonly mode: NetworkMode
  /** What is allowed beyond the mode. */
  readonly allow: readonly Range[]
}

/**
 * Where clouds tell a machine its own secrets: Amazon (also for containers and its IPv6), Azure, Alibaba, Oracle. Google's
 * is Amazon's. No phone system is there, so no list opens them.
 */
const metadata = new Set(
  [
    ...[
      '169.254.169.254',
      '169.254.170.2',
      '169.254.170.23',
      '168.63.129.16',
      '100.100.100.200',
      '192.0.0.192',
    ],
    ...['fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254'],
  ].map((text) => ipaddr.parse(text).toNormalizedString()),
)

const never: ReadonlySet<string> = new Set(['unspecified', 'broadcast', 'multicast'])

/** Ranges written as `10.20.0.0/16` or as a single address. Throws where a text is neither. */
export function readRules(mode: NetworkMode, allow: readonly string[]): AddressRules {
  return { mode, allow: allow.map(readRange) }
}

function readRange(text: string): Range {
  if (text.includes('/')) return ipaddr.parseCIDR(text)
  const address = ipaddr.parse(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

/**
 * Whether an address may be connected to. Hosted: what is global by the registries of RFC 6890, and what is allowed.
 * On site: everything but link-local addresses that are not allowed. Neither: metadata services, multicast, and
 * addresses that stand for no single machine.
 */
export function mayConnect(text: string, { mode, allow }: AddressRules): boolean {
  const address = unwrap(ipaddr.parse(text))
  const range = address.range()
  if (never.has(range) || metadata.has(address.toNormalizedString())) return false
  if (allow.some((one) => isWithin(address, one))) return true
  return mode === 'hosted' ? isGlobal(address) : range !== 'linkLocal'
}

const globalIpv6: Range = [ipaddr.parse('2000::'), 3]

function isGlobal(address: Address): boolean {
  if (address.range() !== 'unicast') return false
  return address.kind() === 'ipv4' || isWithin(address, globalIpv6)
}

function isWithin(address: Address, [range, bits]: Range): boolean {
  if (address instanceof ipaddr.IPv4) return range instanceof ipaddr.IPv4 && address.match(range, bits)
  return range instanceof ipaddr.IPv6 && address.match(range, bits)
}

/** An IPv6 address that carries an IPv4 one leads there: mapped, translated (RFC 6052, 8215), compatible, 6to4. */
function unwrap(address: Address): Address {
  if (address instanceof ipaddr.IPv4) return address
  const bytes = address.toByteArray()
  const at = (start: number) => new ipaddr.IPv4(bytes.slice(start, start + 4))
  const range = address.range()
  if (range === 'ipv4Mapped' || range === 'rfc6145' || range === 'rfc6052') return at(12)
  if (range === '6to4') return at(2)
  const isCompatible =
    range !== 'unspecified' && range !== 'loopback' && bytes.slice(0, 12).every((byte) => byte === 0)
  return isCompatible ? at(12) : address
}
