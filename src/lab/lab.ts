import { LabClock } from './clock.ts'
import { serveControl } from './control/server.ts'
import type { Emulator, EmulatorDesk, StartEmulator } from './emulator.ts'
import { Faults } from './faults.ts'
import type { Application } from './microsoft/application.ts'
import { Entra } from './microsoft/entra.ts'
import { serveMicrosoft } from './microsoft/server.ts'
import type { Pair } from './microsoft/states.ts'
import { Tenant } from './microsoft/tenant.ts'
import { Tokens } from './microsoft/tokens.ts'
import { generateUsers } from './microsoft/user.ts'
import { type NewPerson, People } from './people.ts'
import { Phones } from './phones.ts'
import { seededRandom } from './random.ts'
import { RequestLog } from './request-log.ts'
import { defaultSwitches, type Switches } from './switches.ts'

export interface LabTenant {
  readonly entraTenantId: string
  readonly applications: readonly Application[]
  readonly people?: readonly (NewPerson & {
    /** State of the Teams client the person starts with; none when left out. */
    readonly client?: Pair
  })[]
  /** Adds `user00001@domain` and so on, without phones and with an Available client. */
  readonly generate?: { readonly count: number; readonly domain: string }
}

export interface LabOptions {
  readonly tenants: readonly LabTenant[]
  /** A running clock unless given. */
  readonly clock?: LabClock
  readonly switches?: Partial<Switches>
  /** Emulators of phone systems, by the name under which their address is told. */
  readonly emulators?: Readonly<Record<string, StartEmulator>>
  /** Free ports unless given; an emulator's port by its name. */
  readonly ports?: {
    readonly microsoft?: number
    readonly control?: number
    readonly [name: string]: number | undefined
  }
  /** Latencies are drawn from a row that is the same for the same seed. */
  readonly seed?: number
  /** Entries that the request log keeps. */
  readonly requestLogSize?: number
}

/** A running lab. The models may be used directly by tests in the same process. */
export interface Lab {
  /** Roots for the settings of the same names, without a trailing slash. */
  readonly graphUrl: string
  readonly loginUrl: string
  readonly controlUrl: string
  /** `microsoft`, `control` and every emulator, as URL or host:port. */
  readonly addresses: Readonly<Record<string, string>>
  readonly clock: LabClock
  readonly phones: Phones
  readonly people: People
  readonly tenants: ReadonlyMap<string, Tenant>
  readonly entra: Entra
  /** Signs what Entra would sign. */
  readonly tokens: Tokens
  readonly switches: Switches
  readonly faults: Faults
  readonly requests: RequestLog
  /** Idempotent; closes every connection. */
  stop(): Promise<void>
}

function populate(given: LabTenant, tenant: Tenant, people: People): void {
  for (const { client, ...person } of given.people ?? []) {
    const found = people.put(tenant, person)
    if (client) tenant.begin(found.person, client)
  }
  if (!given.generate) return
  for (const user of generateUsers(given.generate.count, given.generate.domain)) {
    tenant.begin(tenant.put(user), 'Available/Available')
  }
}

/** Starts everything on loopback; what had started is stopped again when a part fails. */
export async function startLab(options: LabOptions): Promise<Lab> {
  const clock = options.clock ?? new LabClock()
  const switches: Switches = { ...structuredClone(defaultSwitches), ...options.switches }
  const phones = new Phones(clock)
  const faults = new Faults()
  const requests = new RequestLog(clock, options.requestLogSize)
  const tokens = await Tokens.create(clock)
  const entra = new Entra(clock, tokens)
  const tenants = new Map<string, Tenant>()
  const people = new People(tenants, phones)
  for (const given of options.tenants) {
    const tenant = new Tenant(given.entraTenantId, clock, switches)
    tenants.set(tenant.id, tenant)
    for (const application of given.applications) entra.register(tenant.id, application)
    populate(given, tenant, people)
  }
  const started: Pick<Emulator, 'stop'>[] = []
  const addresses: Record<string, string> = {}
  const desks = new Map<string, EmulatorDesk>()
  let stopping: Promise<unknown> | undefined
  const stop = async () => {
    stopping ??= Promise.all(started.map((part) => part.stop()))
    await stopping
  }
  try {
    const random = seededRandom(options.seed ?? 1)
    const shared = { clock, switches, faults, requests, tenants, entra }
    const microsoft = await serveMicrosoft({ ...shared, tokens, random }, options.ports?.microsoft)
    started.push(microsoft)
    for (const [name, start] of Object.entries(options.emulators ?? {})) {
      const emulator = await start({
        ...{ clock, phones, people, faults, requests },
        port: options.ports?.[name] ?? 0,
      })
      started.push(emulator)
      addresses[name] = emulator.address
      if (emulator.desk) desks.set(name, emulator.desk)
    }
    const control = await serveControl(
      { ...shared, phones, people, addresses, desks },
      options.ports?.control,
    )
    started.push(control)
    Object.assign(addresses, { microsoft: microsoft.url, control: control.url })
    const urls = { graphUrl: microsoft.url, loginUrl: microsoft.url, controlUrl: control.url }
    return { ...shared, ...urls, tokens, phones, people, addresses, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
