import { createHash, randomBytes } from 'node:crypto'
import type { Refusal } from '../../core/access.ts'
import { ConnectorFailure, type FrameDoor } from '../../core/connector.ts'
import type { SystemAccount } from '../../core/consent-port.ts'
import type { Log } from '../../core/ports.ts'
import type { TabPort } from '../../core/tab-port.ts'
import type { Actor } from '../../engine/actor.ts'
import type { RunningTenant } from './port.ts'
import type { Parts } from './systems.ts'
import type { TabSessions } from './tab-sessions.ts'

export interface TabParts {
  readonly tenants: ReadonlyMap<string, RunningTenant>
  readonly parts: Parts
  readonly sessions: TabSessions
}

/** The page asks for the next one by itself. Milliseconds. */
const lifeMs = 60 * 60_000

const nobody =
  'This Microsoft account belongs to no person whose presence is kept here. Ask your administrator.'

interface Admission {
  readonly account: SystemAccount
  readonly tenant: string
}

interface Door {
  readonly tenant: string
  readonly connector: string
  readonly door: FrameDoor
}

/** Sessions of pages inside a system's client. */
export function createTabPort({ tenants, parts, sessions }: TabParts): TabPort {
  const { clock, log } = parts
  const doors = new WeakMap<object, FrameDoor | undefined>()
  const admit = async (person: Actor, { account, tenant }: Admission) => {
    const key = randomBytes(32).toString('base64url')
    const { id, upn, displayName } = person.presentity
    const now = Math.round(clock.wall())
    await sessions.put(hashOf(key), {
      account: {
        ...{ id: `tab:${account.organisation}:${account.id}`, name: upn, displayName, createdAt: now },
        grants: [{ role: 'member', tenant, person: id }],
      },
      ...{ since: now, until: now + lifeMs },
    })
    return { key, tenant, person: id, until: now + lifeMs }
  }
  return {
    async begin({ token, host }) {
      const refusals: string[] = []
      for (const found of findDoors(token, { tenants, parts, doors })) {
        const account = await redeem(found, { token, host, log })
        if ('refused' in account) {
          refusals.push(account.refused)
          continue
        }
        const person = findPerson(account, found, parts)
        if (person) return admit(person, { account, tenant: found.tenant })
        refusals.push(nobody)
      }
      const [first = 'This token is of no organisation that is connected here.'] = refusals
      return { refused: refusals.includes(nobody) ? nobody : first }
    },
    find: (key) => sessions.find(hashOf(key)),
  }
}

/**
 * The connectors for whose organisation and application the token says it is: several, where tenants of ours are parts
 * of one organisation.
 */
function findDoors(
  token: string,
  {
    tenants,
    parts,
    doors,
  }: Omit<TabParts, 'sessions'> & { readonly doors: WeakMap<object, FrameDoor | undefined> },
): readonly Door[] {
  return [...tenants.values()].flatMap(({ config }) =>
    config.connectors.flatMap((connector) => {
      if (!doors.has(connector)) {
        const context = { fetch: parts.outbound.fetch, clock: parts.clock }
        doors.set(
          connector,
          openDoor(() => parts.registry[connector.type]?.openFrameDoor?.(connector.settings, context)),
        )
      }
      const door = doors.get(connector)
      return door?.isFor(token) ? [{ tenant: config.id, connector: connector.id, door }] : []
    }),
  )
}

/** Whose token it is, or why it proves nothing. */
async function redeem(
  { tenant, door }: Door,
  { token, host, log }: { readonly token: string; readonly host: string; readonly log: Log },
): Promise<SystemAccount | Refusal> {
  try {
    return await door.redeem(token, host)
  } catch (error) {
    log.info('A sign-in by the tab was refused.', { tenant, error })
    if (!(error instanceof ConnectorFailure))
      return { refused: 'The keys of Microsoft cannot be read just now. Try again.' }
    return { refused: [error.message, error.fix].filter((part) => part !== undefined).join(' ') }
  }
}

/** Settings that are wrong are told elsewhere. */
function openDoor(open: () => FrameDoor | undefined): FrameDoor | undefined {
  try {
    return open()
  } catch {
    return undefined
  }
}

/** Whoever has that account; while the system could not be read yet, whoever has its name. */
function findPerson(
  { id, name }: SystemAccount,
  { tenant, connector }: Door,
  { engine }: Parts,
): Actor | undefined {
  const [at] = engine.people
    .at(tenant, connector, id)
    .filter(({ actor, point }) => !actor.retired?.has(point))
  if (at) return at.actor
  const named = engine.people.get(tenant, name.toLowerCase())
  const hasOther = named?.presentity.points.some((point) => point.connector === connector)
  return hasOther ? undefined : named
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url')
}
