import { setImmediate as nextTick } from 'node:timers/promises'
import type { TenantConfig } from '../../config/resolved.ts'
import type { ApiSignals } from '../../connectors/api/signals.ts'
import { recentWritesMs } from '../../core/ledger.ts'
import type { LedgerRow } from '../../core/ports.ts'
import type {
  ConnectorView,
  HubPort,
  MatchProblem,
  PersonView,
  Readiness,
  ReleaseReport,
  SharedPhone,
} from '../../core/view.ts'
import type { Actor } from '../../engine/actor.ts'
import type { Engine } from '../../engine/engine.ts'
import { explainPerson } from '../../engine/explain.ts'
import { releasePeople } from '../../engine/release.ts'
import { RingDesk } from '../../engine/ring.ts'
import { writeContribution } from '../../engine/serialize.ts'
import { viewPerson } from '../../engine/views.ts'
import { tenantChangesHands } from '../../http/elsewhere.ts'
import { checkSystems } from './check.ts'
import { cutPage } from './people-page.ts'
import { linksOf } from './person-links.ts'
import { createResync } from './resync.ts'
import { addSpokenAddress } from './spoken.ts'
import { apiId, type Parts, type RunningSystem } from './systems.ts'

/** How many closed ledger rows "why?" shows at most. */
const historyRows = 50

export interface RunningTenant {
  config: TenantConfig
  readonly systems: Map<string, RunningSystem>
  /** By connector id. */
  problems: ReadonlyMap<string, readonly MatchProblem[]>
  /** By id of the person; from the directories as last read. */
  sharedPhones?: ReadonlyMap<string, readonly SharedPhone[]>
}

/** The hub's face for the API and the command line. */
export function createHubPort(tenants: ReadonlyMap<string, RunningTenant>, parts: Parts): HubPort {
  const { engine } = parts
  const view = (actor: Actor): PersonView => {
    const { tenant, id } = actor.presentity
    const person = viewPerson(actor, viewContext(engine, tenant))
    const sharedPhones = tenants.get(tenant)?.sharedPhones?.get(id)
    return sharedPhones ? { ...person, sharedPhones } : person
  }
  const desk = new RingDesk(engine)
  const find = (key: string, tenant: string | undefined) =>
    findActor({ engine, tenants: tenants.keys() }, key, tenant)
  return {
    ready: () => readiness(tenants),
    tenants: () => [...tenants.keys()],
    people: (tenant) => [...engine.people.all()].filter((actor) => shows(actor, tenant)).map(view),
    page: (query) => {
      const people = listInOrder(query.tenant === undefined ? tenants.keys() : [query.tenant], engine)
      return cutPage(query, { people, view, shows: (actor) => shows(actor, query.tenant) })
    },
    present: () => listPresent(engine),
    person: (key, tenant) => {
      const actor = find(key, tenant)
      return actor && view(actor)
    },
    explain: async (key, tenant) => {
      const actor = find(key, tenant)
      if (!actor) return undefined
      const { tenant: owner, id } = actor.presentity
      const closed = await parts.store.ledgerOf(owner, id, historyRows)
      // What is older is history, which is told by `explain --at`, as long as the tenant keeps one, and audited.
      const recent = closed.filter(({ updatedAt }) => updatedAt > engine.now() - recentWritesMs)
      const history = [...openRows(actor, engine.now()), ...recent]
      const links = linksOf(actor, engine.policy(owner))
      return { ...explainPerson(actor, viewContext(engine, owner), history), links }
    },
    reachability: (key, tenant) => {
      const actor = find(key, tenant)
      return actor && desk.reachability(actor)
    },
    ring: (question) => {
      const asked = [...tenants].flatMap(([id, { systems }]) =>
        (question.tenant ?? id) === id &&
        (question.among?.includes(id) ?? true) &&
        systems.has(question.connector)
          ? [id]
          : [],
      )
      return asked.length > 0 ? desk.ask(question, asked) : undefined
    },
    connectors: (tenant) => [...tenants.values()].flatMap((one) => viewConnectors(one, engine, tenant)),
    ...createResync({ engine, tenants, find }),
    putSignal: async ({ key, source, tenant }, signal) => {
      const actor = find(key, tenant)
      if (!actor) return undefined
      const { tenant: owner, id } = actor.presentity
      addSpokenAddress(engine, actor)
      await speak(tenants, owner, (signals) => signals.put(id, source, signal))
      // The person's turn is the next thing that runs.
      await nextTick()
      return view(actor)
    },
    deleteSignal: async ({ key, source, tenant }) => {
      const actor = find(key, tenant)
      if (!actor) return false
      const { tenant: owner, id } = actor.presentity
      return speak(tenants, owner, (signals) => signals.delete(id, source))
    },
    release: (key, tenant): Promise<ReleaseReport> => {
      const everyone = () => (tenant === undefined ? engine.people.all() : engine.people.of(tenant))
      const actors =
        key === 'all' ? [...everyone()] : [find(key, tenant)].filter((actor) => actor !== undefined)
      return releasePeople(engine, actors, parts.clock)
    },
    checkConnectors: (tenant) =>
      checkSystems(
        [...tenants.values()]
          .map((one) => one.config)
          .filter((one) => tenant === undefined || one.id === tenant),
        parts,
      ),
    watch: (listener) =>
      engine.watch((actor) => {
        if (shows(actor, undefined)) listener(view(actor))
      }),
  }
}

/** What of ours is still there, newest first. */
export function openRows(actor: Actor, now: number): LedgerRow[] {
  const rows = actor.presentity.points.flatMap((point) =>
    (point.contributions ?? [])
      .filter((contribution) => contribution.endAckAt === undefined)
      .map((contribution) => writeContribution(actor.presentity, point, { contribution, now })),
  )
  return rows.reverse()
}

function* listInOrder(tenants: Iterable<string>, engine: Engine): Generator<Actor> {
  for (const tenant of tenants) yield* engine.people.inOrder(tenant)
}

function* listPresent(engine: Engine): Generator<Actor['presentity']> {
  for (const actor of engine.people.all()) if (shows(actor, undefined)) yield actor.presentity
}

/** Tombstones are not people any more. */
export function shows(actor: Actor, tenant: string | undefined): boolean {
  if (tenant !== undefined && actor.presentity.tenant !== tenant) return false
  const { points } = actor.presentity
  return points.length === 0 || !points.every((point) => actor.retired?.has(point))
}

/** Ids are UPNs in lower case, so that a UPN in any letter case finds its person without a search. */
function findActor(
  { engine, tenants }: { readonly engine: Engine; readonly tenants: Iterable<string> },
  key: string,
  tenant: string | undefined,
): Actor | undefined {
  for (const owner of tenant === undefined ? tenants : [tenant]) {
    const actor = engine.people.get(owner, key.toLowerCase())
    if (actor && shows(actor, tenant)) return actor
  }
  return undefined
}

export function viewContext(engine: Engine, tenant: string) {
  return {
    now: engine.moment(),
    policy: engine.policy(tenant),
    system: (connector: string) => engine.system(tenant, connector),
    revisionOf: (actor: Actor) => engine.people.revisionOf(actor),
  }
}

/** @throws HttpProblem while another hub takes the tenant over: what that one may not have read is not acknowledged. */
async function speak<Answer>(
  tenants: ReadonlyMap<string, RunningTenant>,
  tenant: string,
  say: (signals: ApiSignals) => Promise<Answer>,
): Promise<Answer> {
  const running = tenants.get(tenant)
  const api = running?.systems.get(apiId)
  if (!api) throw tenantChangesHands()
  const answer = await say(api.system.instance as ApiSignals)
  if (tenants.get(tenant) !== running) throw tenantChangesHands()
  return answer
}

function readiness(tenants: ReadonlyMap<string, RunningTenant>): Readiness {
  const reasons: string[] = []
  const waitingFor = new Set<Readiness['waitingFor'][number]>()
  for (const { config, systems } of tenants.values()) {
    for (const { system, supervisor } of systems.values()) {
      const { state, detail } = supervisor.health
      if (state === 'up' || state === 'degraded') continue
      waitingFor.add(system.manifest.kind)
      reasons.push(`${config.id} ${system.id} is ${state}${detail ? `: ${detail}` : ''}`)
    }
  }
  return { ready: reasons.length === 0, waitingFor: [...waitingFor], reasons }
}

function viewConnectors(tenant: RunningTenant, engine: Engine, wanted: string | undefined): ConnectorView[] {
  if (wanted !== undefined && tenant.config.id !== wanted) return []
  return [...tenant.systems.values()]
    .filter(({ system }) => system.id !== apiId)
    .map(({ system, supervisor, heard: ears }) => {
      const heard = ears.view()
      const parties = engine.parties.of(system.tenant, system.id)
      return {
        tenant: tenant.config.id,
        id: system.id,
        type: system.manifest.id,
        title: system.manifest.title,
        docs: system.manifest.docs,
        health: supervisor.health,
        followed: engine.people.followed(system.tenant, system.id),
        problems: tenant.problems.get(system.id) ?? [],
        unknownValues: system.instance.unknownValues?.() ?? [],
        ...(heard && { heard }),
        ...(parties && { parties }),
      }
    })
}
