import type { AsteriskConfig } from '../../src/connectors/asterisk/config.ts'
import { asterisk } from '../../src/connectors/asterisk/definition.ts'
import type { ConnectorInstance } from '../../src/core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { type AmiOptions, labAmiUser, startAmi } from '../../src/lab/asterisk/server.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { Phones } from '../../src/lab/phones.ts'
import { RequestLog } from '../../src/lab/request-log.ts'
import { recordingContext } from '../contract/context.ts'
import { closeAfterEach, follow } from './recorded.ts'

/** Three people at the emulated PBX: 1001 and 1002 are followed, 1003 is another colleague. */
export async function startPbx(options: Partial<AmiOptions> = {}) {
  const clock = new LabClock()
  const phones = new Phones(clock)
  phones.put({ extension: '1001', displayName: 'Anna Keller', mail: 'anna@contoso.example' })
  phones.put({ extension: '1002', displayName: 'Ben Ortiz', mail: 'ben@contoso.example' })
  phones.put({ extension: '1003', displayName: 'Chiara Moretti' })
  const requests = new RequestLog(clock)
  const ami = await startAmi({ clock, phones, requests, badLoginDelayMs: 20, ...options })
  const config: AsteriskConfig = {
    host: '127.0.0.1',
    port: ami.port,
    username: labAmiUser.username,
    secret: labAmiUser.secret,
  }
  return { ami, phones, requests, config, clock }
}

/** What do not disturb of an extension is at the PBX, in every place that matters there. */
export function dndShown(pbx: Awaited<ReturnType<typeof startPbx>>['ami']['pbx'], extension: string) {
  return pbx.deviceState(`Custom:DND${extension}`) === 'BUSY' ? DO_NOT_DISTURB : AVAILABLE
}

const closing = closeAfterEach()

/** The emulated PBX with the connector in front of it, following 1001 and 1002. */
export async function connect(options: Partial<AmiOptions> = {}, change: Partial<AsteriskConfig> = {}) {
  const world = await startPbx(options)
  closing(() => world.ami.stop())
  const recording = recordingContext({ clock: world.clock })
  const config = { ...world.config, ...change }
  const instance: ConnectorInstance = asterisk.create(config, recording.context)
  closing(() => instance.stop())
  const { until, legs } = follow(recording, {
    words: (leg) => `${leg.evidence} ${leg.state} ${leg.direction} ${leg.party}`,
  })
  const check = () => asterisk.check(config, recording.context)
  return { ...world, recording, instance, until, legs, check, config }
}

export async function started(options: Partial<AmiOptions> = {}, change: Partial<AsteriskConfig> = {}) {
  const world = await connect(options, change)
  await world.instance.start(['1001', '1002'])
  return world
}

/** May look, and nothing else. */
export const reader = { username: 'reader', secret: 'reader-secret' }
