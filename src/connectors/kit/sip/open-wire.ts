import type { Wire, WireEvents, WireOptions } from './wire.ts'
import { openStream } from './wire-stream.ts'
import { openUdp } from './wire-udp.ts'

/** Throws the system's error (with its `code`), HostRefusal, or ConnectionLost on time-out. */
export async function openWire(options: WireOptions, events: WireEvents): Promise<Wire> {
  const [{ address } = { address: options.host }] = await options.network.find(options.host)
  return options.transport === 'udp'
    ? openUdp(address, options.port, events)
    : openStream(address, options, events)
}
