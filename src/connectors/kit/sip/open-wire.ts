import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Wire, WireEvents, WireOptions } from './wire.ts'
import { openStream } from './wire-stream.ts'
import { openUdp } from './wire-udp.ts'

/** Throws the system's error (with its `code`) or ConnectionLost on time-out. */
export async function openWire(options: WireOptions, events: WireEvents): Promise<Wire> {
  const address = isIP(options.host) ? options.host : (await lookup(options.host)).address
  return options.transport === 'udp'
    ? openUdp(address, options.port, events)
    : openStream(address, options, events)
}
