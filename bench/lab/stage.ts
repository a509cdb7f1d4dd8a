import { startAmi } from '../../src/lab/asterisk/server.ts'
import { type Lab, startLab } from '../../src/lab/lab.ts'
import type { Person } from '../../src/lab/microsoft/person.ts'
import type { Tenant } from '../../src/lab/microsoft/tenant.ts'
import { Phones } from '../../src/lab/phones.ts'
import type { LoggedRequest } from '../../src/lab/request-log.ts'
import { clientId, clientSecret, domainOf, entraTenantId, somebody, type WorldSize } from '../kit/world.ts'

export interface LabPlan extends WorldSize {
  /** Enforced by the emulated Graph, per tenant. */
  readonly quotaPer30s: number
  /** Every answer of Graph and Entra comes so much later, milliseconds. */
  readonly latencyMs: readonly [number, number]
}

export interface LabAddresses {
  readonly graphUrl: string
  readonly loginUrl: string
  /** Ports of the PBXs, by tenant. */
  readonly amiPorts: readonly (readonly number[])[]
}

/** A person of the world with the models that show them. */
export interface Player {
  readonly tenant: Tenant
  readonly person: Person
  readonly phones: Phones
  readonly extension: string
}

/** What reached Graph since the last look. */
export interface GraphTraffic {
  readonly requests: number
  readonly reads: number
  readonly writes: number
  readonly refused429: number
  /** Most requests of one tenant in any whole 30 s, by second. */
  readonly busiest30s: number
}

/** The emulators of one benchmark, with everything that a driver needs to act and to stamp. */
export interface Stage {
  readonly lab: Lab
  readonly players: readonly Player[]
  readonly addresses: LabAddresses
  /** Wall clock of this process, milliseconds with fraction; everything is stamped with it. */
  now(): number
  /** By the person's object id; told on arrival, before the request takes effect. */
  onWrite(listener: (id: string, request: LoggedRequest) => void): void
  traffic(): GraphTraffic
  stop(): Promise<void>
}

const presenceWrite = /\/users\/([^/]+)\/presence\/(\w+)$/

export async function openStage(plan: LabPlan): Promise<Stage> {
  const numbers = Array.from({ length: plan.tenants }, (_, tenant) => tenant)
  const lab = await startLab({
    tenants: numbers.map((tenant) => ({
      entraTenantId: entraTenantId(tenant),
      applications: [
        {
          clientId,
          secrets: [{ value: clientSecret }],
          roles: ['Presence.ReadWrite.All', 'User.ReadBasic.All'],
        },
      ],
      generate: { count: plan.peoplePerTenant, domain: domainOf(tenant) },
    })),
    switches: { quotaPer30s: plan.quotaPer30s, latencyMs: [...plan.latencyMs] },
  })
  const players: Player[] = []
  const stops: (() => Promise<void>)[] = [() => lab.stop()]
  const amiPorts: number[][] = []
  for (const tenant of numbers) {
    const pbxs = Array.from({ length: plan.pbxsPerTenant }, () => new Phones(lab.clock))
    players.push(...castTenant(plan, tenant, { lab, pbxs }))
    const emulators = await Promise.all(pbxs.map((phones) => startAmi({ clock: lab.clock, phones })))
    stops.push(...emulators.map((ami) => () => ami.stop()))
    amiPorts.push(emulators.map((ami) => ami.port))
  }
  const seen: LoggedRequest[] = []
  const listeners: ((id: string, request: LoggedRequest) => void)[] = []
  lab.requests.on((request) => {
    if (request.target !== 'graph') return
    seen.push(request)
    const id = presenceWrite.exec(request.path)?.[1]
    if (id) for (const listener of listeners) listener(id, request)
  })
  return {
    lab,
    players,
    addresses: { graphUrl: lab.graphUrl, loginUrl: lab.loginUrl, amiPorts },
    now: () => lab.clock.wall(),
    onWrite: (listener) => listeners.push(listener),
    traffic: () => measure(seen.splice(0)),
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()))
    },
  }
}

function castTenant(
  plan: LabPlan,
  tenant: number,
  { lab, pbxs }: { readonly lab: Lab; readonly pbxs: readonly Phones[] },
): Player[] {
  const model = lab.tenants.get(entraTenantId(tenant))!
  return Array.from({ length: plan.peoplePerTenant }, (_, index) => {
    const { upn, extension, pbx } = somebody(plan, tenant, index)
    const person = model.byUpn(upn)!
    const phones = pbxs[pbx]!
    phones.put({ extension, displayName: person.user.displayName, mail: upn })
    return { tenant: model, person, phones, extension }
  })
}

function measure(requests: readonly LoggedRequest[]): GraphTraffic {
  const writes = requests.filter(({ path }) => presenceWrite.test(path)).length
  return {
    requests: requests.length,
    writes,
    reads: requests.length - writes,
    refused429: requests.filter(({ status }) => status === 429).length,
    busiest30s: busiestOf(requests),
  }
}

function busiestOf(requests: readonly LoggedRequest[]): number {
  const perSecond = new Map<string, Map<number, number>>()
  for (const { tenant = '', at } of requests) {
    const seconds = perSecond.get(tenant) ?? new Map<number, number>()
    const second = Math.floor(at / 1000)
    seconds.set(second, (seconds.get(second) ?? 0) + 1)
    perSecond.set(tenant, seconds)
  }
  let busiest = 0
  for (const seconds of perSecond.values()) {
    for (const start of seconds.keys()) {
      let total = 0
      for (let second = start; second < start + 30; second += 1) total += seconds.get(second) ?? 0
      busiest = Math.max(busiest, total)
    }
  }
  return busiest
}
