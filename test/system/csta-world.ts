import type { CstaConfig } from '../../src/connectors/csta/config.ts'
import { csta } from '../../src/connectors/csta/definition.ts'
import type { ProfileName } from '../../src/connectors/csta/profiles.ts'
import type { Publication } from '../../src/core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { labSwitch } from '../../src/lab/csta/dialects.ts'
import { type CstaOptions, labCstaUser, startCsta } from '../../src/lab/csta/server.ts'
import { Faults } from '../../src/lab/faults.ts'
import { Phones } from '../../src/lab/phones.ts'
import { RequestLog } from '../../src/lab/request-log.ts'
import { recordingContext } from '../contract/context.ts'
import { closeAfterEach, follow } from './recorded.ts'

type SystemOptions = Partial<Omit<CstaOptions, 'clock'>> & { readonly clock?: LabClock }

/** Three people at the emulated system: 1001 and 1002 are followed, 1003 is another colleague. */
export async function startSystem({ clock = new LabClock(), ...options }: SystemOptions = {}) {
  const phones = new Phones(clock)
  phones.put({ extension: '1001', displayName: 'Anna Keller' })
  phones.put({ extension: '1002', displayName: 'Ben Ortiz' })
  phones.put({ extension: '1003', displayName: 'Chiara Moretti' })
  const requests = new RequestLog(clock)
  const faults = new Faults()
  const system = await startCsta({ clock, phones, requests, faults, ...options })
  const profile: ProfileName = options.dialect ?? 'ecma-354'
  const config: CstaConfig = {
    ...{ host: '127.0.0.1', port: system.port, profile },
    ...(profile !== 'no-session' && { username: labCstaUser.user, password: labCstaUser.password }),
    ...(profile === 'avaya-dmcc' && { switchName: labSwitch }),
  }
  return { system, phones, requests, faults, config, clock }
}

/** A publication to the one slot. */
export const toDnd = (on: boolean, address = '1001'): Publication => ({
  ...{ id: `p-${on}`, address, slot: 'dnd', act: on ? 'assert' : 'withdraw', refresh: false },
  state: on ? DO_NOT_DISTURB : AVAILABLE,
})

const closing = closeAfterEach()

/** The emulated system with the connector in front of it. */
export async function connect(options: SystemOptions = {}, change: Partial<CstaConfig> = {}) {
  const world = await startSystem(options)
  closing(() => world.system.stop())
  const recording = recordingContext({ clock: world.clock })
  const config = { ...world.config, ...change }
  const instance = csta.create(config, recording.context)
  closing(() => instance.stop())
  const { until, legs } = follow(recording)
  /** Requests that reached the system, by name, of one extension where named. */
  const asked = (service: string, extension?: string) =>
    world.requests
      .since(0)
      .filter(
        ({ method, path }) => method === service && (extension === undefined || path.includes(extension)),
      )
  const check = () => csta.check(config, recording.context)
  return { ...world, recording, instance, until, legs, asked, check }
}

export async function started(options: SystemOptions = {}, change: Partial<CstaConfig> = {}) {
  const world = await connect(options, change)
  await world.instance.start(['1001', '1002'])
  return world
}
