import type { Account } from './account.ts'

/** How a setting names a server: `pbx.example.com:5060`, `[2001:db8::1]`. */
export const serverPattern = '^(\\[[0-9a-fA-F:.]+\\]|[^\\s:\\[\\]]+)(:[0-9]{1,5})?$'

/** Host and port of such a text; without a port, the one of the transport. */
export function readServer(server: string, transport: Account['transport']): Pick<Account, 'host' | 'port'> {
  const match = /^(?:\[(.+)\]|([^:]+))(?::(\d+))?$/.exec(server)
  const host = match?.[1] ?? match?.[2] ?? server
  return { host, port: Number(match?.[3] ?? (transport === 'tls' ? 5061 : 5060)) }
}
