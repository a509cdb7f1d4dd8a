import type { Publication } from '../../src/core/connector.ts'
import type { Clock } from '../../src/core/ports.ts'
import { IN_A_CALL } from '../../src/core/presence.ts'
import { type Lab, startLab } from '../../src/lab/lab.ts'
import type { Pair } from '../../src/lab/microsoft/states.ts'
import type { Switches } from '../../src/lab/switches.ts'
import { realClock } from '../contract/context.ts'

export const entraTenantId = '3e5d8e2a-7d1c-4f0c-9b1b-6f2c7b9d0a11'
export const clientId = '0b7c1f7e-4f2e-4c5d-8a53-2f9a1f3f6a22'
export const clientSecret = 'Kx8~not-a-real-secret~Q1'
export const stranger = 'ffffffff-0000-4000-8000-00000000dead'

export type Role =
  | 'Presence.Read.All'
  | 'Presence.ReadWrite.All'
  | 'User.ReadBasic.All'
  | 'User.Read.All'
  | 'Application.Read.All'

export interface TeamsLab {
  readonly lab: Lab
  readonly config: Record<string, unknown>
  /** Object id of a person by the name before the @. */
  id(name: string): string
  client(name: string, state: Pair | null): void
  prefer(name: string, state: Pair | null): void
  /** What Teams shows at this moment. */
  shown(name: string): Pair
  /** Requests that reached Graph since the start whose path contains this. */
  requests(path: string): readonly { readonly at: number; readonly path: string; readonly body?: unknown }[]
}

export const domain = 'contoso.example'

/** A lab with Anna, Ben and Cleo, each with an available client, and as many more as asked. */
export async function openTeamsLab(
  options: { switches?: Partial<Switches>; more?: number; roles?: readonly Role[]; logSize?: number } = {},
): Promise<TeamsLab> {
  const lab = await startLab({
    tenants: [
      {
        entraTenantId,
        applications: [
          {
            clientId,
            secrets: [{ value: clientSecret }],
            roles: options.roles ?? ['Presence.ReadWrite.All', 'User.ReadBasic.All'],
          },
        ],
        people: ['anna', 'ben', 'cleo'].map((name) => ({
          upn: `${name}@${domain}`,
          displayName: name,
          extensions: [],
          client: 'Available/Available' as const,
        })),
        ...(options.more ? { generate: { count: options.more, domain } } : {}),
      },
    ],
    ...(options.switches ? { switches: options.switches } : {}),
    ...(options.logSize ? { requestLogSize: options.logSize } : {}),
  })
  const tenant = lab.tenants.get(entraTenantId)!
  const person = (name: string) => tenant.byUpn(`${name}@${domain}`)!
  return {
    lab,
    config: { entraTenantId, clientId, clientSecret, graphUrl: lab.graphUrl, loginUrl: lab.loginUrl },
    id: (name) => person(name).user.id,
    client: (name, state) => tenant.setClient(person(name), state),
    prefer: (name, state) =>
      state ? tenant.setPreferred(person(name), state) : tenant.clearPreferred(person(name)),
    shown: (name) => tenant.shown(person(name)),
    requests: (path) =>
      lab.requests.since(0).filter((each) => each.target === 'graph' && each.path.includes(path)),
  }
}

/** The machine's clock, which a test can set forward; timers keep their real length. */
export function shiftableClock(): { readonly clock: Clock; shift(milliseconds: number): void } {
  let shifted = 0
  return {
    clock: {
      wall: () => realClock.wall() + shifted,
      monotonic: () => realClock.monotonic() + shifted,
      after: realClock.after,
    },
    shift(milliseconds) {
      shifted += milliseconds
    },
  }
}

export function publication(about: Pick<Publication, 'address'> & Partial<Publication>): Publication {
  return { id: 'p-1', slot: 'session', act: 'assert', state: IN_A_CALL, refresh: false, ...about }
}

/** Waits for a condition; says what was waited for when it does not come. */
export async function until(condition: () => unknown, what: string, patienceMs = 60_000): Promise<void> {
  const deadline = performance.now() + patienceMs
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`Waited in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
