import type { CredentialView, HealthDetails, QueueView, SystemDetails } from '../../core/workings.ts'
import { findPutOff } from '../../engine/put-off.ts'
import type { RunningTenant } from './port.ts'
import { Expiries, type Expiry } from './problems/expiries.ts'
import { apiId, type Parts, type RunningSystem } from './systems.ts'

interface HealthParts {
  readonly tenants: ReadonlyMap<string, RunningTenant>
  readonly parts: Pick<Parts, 'engine' | 'clock'>
}

/** What was looked up for all systems together. */
interface Found {
  readonly ends: readonly Expiry[]
  readonly putOff: ReturnType<typeof findPutOff>
}

/** How the hub and each of its systems work just now, for the health page. */
export function createHealth({ tenants, parts }: HealthParts) {
  const { engine, clock } = parts
  const expiries = new Expiries({ [Symbol.iterator]: () => tenants.values() })
  return async (tenant: string | undefined): Promise<HealthDetails> => {
    const ends = await expiries.list(clock.wall())
    const putOff = findPutOff(tenant === undefined ? engine.people.all() : engine.people.of(tenant))
    const systems = [...tenants.values()].flatMap(({ config, systems: running }) =>
      tenant === undefined || config.id === tenant
        ? [...running.values()]
            .filter(({ system }) => system.id !== apiId)
            .map((one) => viewSystem(one, { ends, putOff }, parts))
        : [],
    )
    const { backlog, oldestAt } = engine.mailboxes
    return { queues: queueOf('turns', { depth: backlog, oldestAt }), systems }
  }
}

function viewSystem(
  { system }: RunningSystem,
  { ends, putOff }: Found,
  { engine }: HealthParts['parts'],
): SystemDetails {
  const { tenant, id, manifest, instance } = system
  const { queues = [], budget, subscriptions = [], token } = instance.inspect?.() ?? {}
  const credentials: CredentialView[] = ends
    .filter((one) => one.tenant === tenant && one.connector === id)
    .map(({ what, setting, at }) => ({ what, setting, expiresAt: at }))
  // Before the first sign-in there is nothing to be said of a token.
  const isHeld = token && (token.expiresAt !== undefined || token.trouble !== undefined)
  return {
    ...{ tenant, connector: id, title: manifest.title, subscriptions },
    queues: [
      ...queueOf('answers', engine.publisher.unanswered(tenant, id)),
      ...queueOf('putOff', putOff(system)),
      ...queues,
    ],
    ...(budget && { budget }),
    credentials: isHeld ? [{ what: 'token', ...token }, ...credentials] : credentials,
    repairs: engine.repairs.of(tenant, id),
  }
}

function queueOf(
  queue: QueueView['queue'],
  { depth, oldestAt }: { readonly depth: number; readonly oldestAt: number | undefined },
): readonly QueueView[] {
  if (depth === 0) return []
  return [{ queue, depth, ...(oldestAt !== undefined && { oldestAt: Math.round(oldestAt) }) }]
}
