import type { FreeSwitchConfig } from '../../src/connectors/freeswitch/config.ts'
import { freeswitch } from '../../src/connectors/freeswitch/definition.ts'
import type { Publication } from '../../src/core/connector.ts'
import { DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { Faults } from '../../src/lab/faults.ts'
import { labDomain, startFreeSwitch } from '../../src/lab/freeswitch/server.ts'
import { Phones } from '../../src/lab/phones.ts'
import { RequestLog } from '../../src/lab/request-log.ts'
import { recordingContext } from '../contract/context.ts'
import { closeAfterEach, follow, withCodes } from './recorded.ts'

export type Flavour = 'plain' | 'fusionpbx'

/** Three people at the emulated FreeSWITCH: 1001 and 1002 are followed, 1003 is another colleague. */
export async function startSwitch(flavour: Flavour = 'plain', clock = new LabClock()) {
  const phones = new Phones(clock)
  phones.put({ extension: '1001', displayName: 'Anna Keller', mail: 'anna@contoso.example' })
  phones.put({ extension: '1002', displayName: 'Ben Ortiz', mail: 'ben@contoso.example' })
  phones.put({ extension: '1003', displayName: 'Chiara Moretti' })
  const requests = new RequestLog(clock)
  const faults = new Faults()
  const system = await startFreeSwitch({ clock, phones, faults, requests, port: 0 }, flavour)
  const [host = '', port] = system.address.split(':')
  const config: FreeSwitchConfig = {
    ...{ host, port: Number(port), password: system.settings.password, domain: labDomain },
    flavour,
  }
  return { system, phones, requests, faults, config, clock }
}

export type Switch = Awaited<ReturnType<typeof startSwitch>>

const closing = closeAfterEach()

/** The emulated FreeSWITCH with the connector in front of it. */
export async function connect(change: Partial<FreeSwitchConfig> = {}) {
  const world = await startSwitch(change.flavour)
  closing(() => world.system.stop())
  const recording = recordingContext({ clock: world.clock })
  const config = { ...world.config, ...change }
  const instance = freeswitch.create(config, recording.context)
  closing(() => instance.stop())
  const { until, legs } = follow(recording, { words: withCodes })
  const check = () => freeswitch.check(config, recording.context)
  return { ...world, recording, instance, until, legs, check, config }
}

export async function started(change: Partial<FreeSwitchConfig> = {}) {
  const world = await connect(change)
  await world.instance.start(['1001', '1002'])
  return world
}

export function publication(about: Partial<Publication> = {}): Publication {
  return {
    ...{ id: 'p-1', address: '1001', slot: 'dnd', act: 'assert' },
    ...{ state: DO_NOT_DISTURB, refresh: false, ...about },
  }
}
