import type { YeastarConfig } from '../../src/connectors/yeastar/config.ts'
import { yeastar } from '../../src/connectors/yeastar/definition.ts'
import { stateOfWord } from '../../src/connectors/yeastar/presence-words.ts'
import type { Publication } from '../../src/core/connector.ts'
import { DO_NOT_DISTURB, type Presence, UNKNOWN } from '../../src/core/presence.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { Faults } from '../../src/lab/faults.ts'
import { People } from '../../src/lab/people.ts'
import { Phones } from '../../src/lab/phones.ts'
import { RequestLog } from '../../src/lab/request-log.ts'
import { labApiClient, startYeastar } from '../../src/lab/yeastar/server.ts'
import { recordingContext } from '../contract/context.ts'
import { closeAfterEach, follow } from './recorded.ts'

/** Three people at the emulated PBX: 1001 and 1002 are followed, 1003 is another colleague. */
export async function startPbx(clock = new LabClock()) {
  const phones = new Phones(clock)
  phones.put({ extension: '1001', displayName: 'Anna Keller', mail: 'anna@contoso.example' })
  phones.put({ extension: '1002', displayName: 'Ben Ortiz', mail: 'ben@contoso.example' })
  phones.put({ extension: '1003', displayName: 'Chiara Moretti' })
  const requests = new RequestLog(clock)
  const faults = new Faults()
  const people = new People(new Map(), phones)
  const pbx = await startYeastar({ clock, phones, people, faults, requests, port: 0 })
  const config: YeastarConfig = { url: pbx.address, ...labApiClient }
  return { pbx, phones, requests, faults, config, clock }
}

export type Pbx = Awaited<ReturnType<typeof startPbx>>

export function shownAt({ pbx }: Pick<Pbx, 'pbx'>, extension: string): Presence {
  return stateOfWord(pbx.extensions.presence(extension)) ?? UNKNOWN
}

const closing = closeAfterEach()

/** The emulated PBX with the connector in front of it. */
export async function connect(
  change: Partial<YeastarConfig> = {},
  { clock }: { readonly clock?: LabClock } = {},
) {
  const world = await startPbx(clock)
  closing(() => world.pbx.stop())
  const recording = recordingContext({ clock: world.clock })
  const config = { ...world.config, ...change }
  const create = () => {
    const made = yeastar.create(config, recording.context)
    closing(() => made.stop())
    return made
  }
  const { until, legs } = follow(recording)
  const check = () => yeastar.check(config, recording.context)
  return { ...world, recording, instance: create(), create, until, legs, check, config }
}

export async function started(
  change: Partial<YeastarConfig> = {},
  options: Parameters<typeof connect>[1] = {},
) {
  const world = await connect(change, options)
  await world.instance.start(['1001', '1002'])
  return world
}

export function publication(about: Partial<Publication> = {}): Publication {
  return {
    ...{ id: 'p-1', address: '1001', slot: 'presence', act: 'assert' },
    ...{ state: DO_NOT_DISTURB, refresh: false, ...about },
  }
}
