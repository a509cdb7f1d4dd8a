import type { ThreeCxConfig } from '../../src/connectors/three-cx/config.ts'
import { threeCx } from '../../src/connectors/three-cx/definition.ts'
import type { Publication } from '../../src/core/connector.ts'
import type { Clock } from '../../src/core/ports.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, type Presence } from '../../src/core/presence.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { Faults } from '../../src/lab/faults.ts'
import { People } from '../../src/lab/people.ts'
import { Phones } from '../../src/lab/phones.ts'
import { RequestLog } from '../../src/lab/request-log.ts'
import { labApiClient, startThreeCx } from '../../src/lab/three-cx/server.ts'
import { type ProfileName, profileNames } from '../../src/lab/three-cx/users.ts'
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
  const pbx = await startThreeCx({ clock, phones, people, faults, requests, port: 0 })
  const config: ThreeCxConfig = { url: pbx.address, ...labApiClient, profileSeconds: 1 }
  const pick = (extension: string, profile: ProfileName) =>
    void pbx.users.setProfile(pbx.users.byNumber(extension)!, profile, 'phone')
  return { pbx, phones, requests, faults, config, clock, pick }
}

export type Pbx = Awaited<ReturnType<typeof startPbx>>

const states: Readonly<Record<ProfileName, Presence>> = {
  Available: AVAILABLE,
  Away: AWAY,
  'Out of office': DO_NOT_DISTURB,
  'Custom 1': AWAY,
  'Custom 2': AWAY,
}

export function shownAt({ pbx }: Pick<Pbx, 'pbx'>, extension: string): Presence {
  return states[pbx.users.byNumber(extension)!.profile]
}

/** The profile that stands for a state. */
export const profileFor = (state: Presence): ProfileName =>
  profileNames.find((name) => states[name] === state)!

const closing = closeAfterEach()

/** The emulated PBX with the connector in front of it. */
export async function connect(change: Partial<ThreeCxConfig> = {}, clock?: Clock) {
  const world = await startPbx()
  closing(() => world.pbx.stop())
  const recording = recordingContext({ clock: clock ?? world.clock })
  const config = { ...world.config, ...change }
  const instance = threeCx.create(config, recording.context)
  closing(() => instance.stop())
  const { until, legs } = follow(recording)
  const check = () => threeCx.check(config, recording.context)
  return { ...world, recording, instance, until, legs, check, config }
}

export async function started(change: Partial<ThreeCxConfig> = {}, clock?: Clock) {
  const world = await connect(change, clock)
  await world.instance.start(['1001', '1002'])
  return world
}

export function publication(about: Partial<Publication> = {}): Publication {
  return {
    ...{ id: 'p-1', address: '1001', slot: 'profile', act: 'assert' },
    ...{ state: DO_NOT_DISTURB, refresh: false, ...about },
  }
}
