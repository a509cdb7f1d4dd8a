import type { VodiaConfig } from '../../src/connectors/vodia/config.ts'
import { vodia } from '../../src/connectors/vodia/definition.ts'
import type { ConnectorContext, ConnectorInstance } from '../../src/core/connector.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { Faults } from '../../src/lab/faults.ts'
import { Phones } from '../../src/lab/phones.ts'
import { RequestLog } from '../../src/lab/request-log.ts'
import { startVodia, type VodiaOptions } from '../../src/lab/vodia/server.ts'
import { recordingContext } from '../contract/context.ts'
import { closeAfterEach, follow, withCodes } from './recorded.ts'

export const domain = 'lab.example'
export const password = 'correct-horse-battery'

/** Three people at the emulated PBX: 1001 and 1002 are followed, 1003 is another colleague. */
export async function startPbx(options: Partial<VodiaOptions> = {}) {
  const clock = new LabClock()
  const phones = new Phones(clock)
  phones.put({ extension: '1001', displayName: 'Anna Keller', mail: 'anna@contoso.example' })
  phones.put({ extension: '1002', displayName: 'Ben Ortiz', mail: 'ben@contoso.example' })
  phones.put({ extension: '1003', displayName: 'Chiara Moretti' })
  const requests = new RequestLog(clock)
  const faults = new Faults()
  const pbx = await startVodia({ clock, phones, requests, faults, password, ...options })
  const config: VodiaConfig = { url: pbx.address, domain, password, streamExtension: '1003', pollSeconds: 1 }
  return { pbx, phones, requests, faults, config, clock }
}

export const closing = closeAfterEach()

/** Of the configuration; `streamExtension: null` leaves the WebSocket out. */
export type Change = Partial<Omit<VodiaConfig, 'streamExtension'>> & {
  readonly streamExtension?: string | null
}

/** The emulated PBX with the connector in front of it. */
export async function connect(
  options: Partial<VodiaOptions> = {},
  change: Change = {},
  more: Pick<ConnectorContext, 'teamsSync'> = {},
) {
  const world = await startPbx(options)
  closing(() => world.pbx.stop())
  const root: { url?: string } = {}
  const { context, ...recording } = recordingContext({ clock: world.clock })
  const withHooks = { ...context, ...more, callbackUrl: () => root.url }
  const { streamExtension = world.config.streamExtension, ...rest } = change
  const stream = streamExtension === null ? {} : { streamExtension: streamExtension! }
  const { streamExtension: _, ...known } = world.config
  const config: VodiaConfig = { ...known, ...stream, ...rest }
  const instance: ConnectorInstance = vodia.create(config, withHooks)
  closing(() => instance.stop())
  const { until, legs } = follow(recording, { words: withCodes })
  const check = () => vodia.check(config, withHooks)
  /** Another instance with the memory of this one, as after a restart. */
  const again = (more: Partial<VodiaConfig> = {}) => {
    const next: ConnectorInstance = vodia.create({ ...config, ...more }, withHooks)
    closing(() => next.stop())
    return next
  }
  return { ...world, recording, instance, until, legs, check, again, config, root }
}

export async function started(options: Partial<VodiaOptions> = {}, change: Change = {}) {
  const world = await connect(options, change)
  await world.instance.start(['1001', '1002'])
  return world
}
