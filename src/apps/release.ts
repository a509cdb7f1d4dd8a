import { randomUUID } from 'node:crypto'
import type { Salvage, SalvagedConnector } from '../config/salvage.ts'
import type { ConnectorInstance, Outcome, WriteSlot } from '../core/connector.ts'
import type { HubStore } from '../core/hub-store.ts'
import type { Contribution } from '../core/ledger.ts'
import type { LedgerRow, Store } from '../core/ports.ts'
import type { Presence } from '../core/presence.ts'
import { AVAILABLE, isSelectable } from '../core/presence.ts'
import { restoreOf } from '../core/reconcile.ts'
import type { ReleaseReport } from '../core/view.ts'
import { markReleased, readContribution } from '../engine/serialize.ts'
import { Auditor } from '../history/auditor.ts'
import { systemClock } from '../observe/clock.ts'
import { createLog } from '../observe/log.ts'
import { createMetrics } from '../observe/metrics.ts'
import { openStore } from '../store/open-store.ts'
import { systemUser } from './cli/hub-client.ts'
import { type CheckParts, trialContext } from './hub/check.ts'
import { openOutbound } from './hub/outbound.ts'
import { createMemory } from './hub/systems.ts'
import { registry } from './registry.ts'

interface Writer {
  readonly instance: ConnectorInstance
  readonly slots: readonly WriteSlot[]
}

/** What is to be taken back. */
export interface ReleaseSubject {
  /** Id or UPN of one person, or `all`. */
  readonly who: string | 'all'
  /** Of this tenant only. */
  readonly tenant?: string | undefined
}

export interface LedgerRelease extends ReleaseReport {
  /** Connectors with something to take back whose own part of the configuration cannot be used. */
  readonly unusable: readonly SalvagedConnector[]
  /** Whether the store knows anybody of that name. */
  readonly known: boolean
}

/**
 * Takes back what the hub wrote, from the ledger alone, with the hub stopped. Only connectors with something to take
 * back are needed; where the configuration does not tell how to reach one, its rows are in the report as failed.
 * Rejects with StoreFailure where a running hub holds the data, or where there is no ledger.
 */
export async function releaseFromLedger(config: Salvage, subject: ReleaseSubject): Promise<LedgerRelease> {
  const clock = systemClock()
  const log = createLog({ level: 'warn' })
  for (const secret of config.secrets) log.hide(secret)
  const store = await openStore(config.store, { clock, log, existing: true })
  const abort = new AbortController()
  const metrics = createMetrics({ processMetrics: false })
  const outbound = openOutbound(config.network)
  const parts = { clock, log, metrics, outbound, signal: abort.signal }
  const instances: ConnectorInstance[] = []
  try {
    const rows: LedgerRow[] = []
    for await (const row of store.openLedger()) if (isAbout(row, subject)) rows.push(row)
    const { people, known } = await peopleOf(store, rows, subject)
    await noteAudit(store, rows, subject)
    const context = { store, people, now: clock.wall() }
    const unusable: SalvagedConnector[] = []
    // Each system by itself: one that is down must not keep a phone of another in do not disturb.
    const each = [...Map.groupBy(rows, writerKey)].map(([key, own]) => {
      const connector = config.connectors.find(
        ({ tenant, id }) => writerKey({ tenant, connector: id }) === key,
      )
      if (connector && connector.problems.length > 0) {
        unusable.push(connector)
        const reason = `the configuration of ${connector.id} cannot be used`
        return own.map((row): Released => ({ row, outcome: { kind: 'failed', reason } }))
      }
      if (connector?.site !== undefined) return own.map((row) => releasedThere(row, connector.site!))
      const writer = connector && createWriter(connector, parts, store)
      if (writer) instances.push(writer.instance)
      return releaseAt(writer, own, context)
    })
    const released = (await Promise.all(each)).flat()
    const remaining = released.filter(({ outcome }) => !isDone(outcome)).length
    return { released, remaining, unusable, known }
  } finally {
    await Promise.all(instances.map((instance) => instance.stop()))
    abort.abort()
    await store.close()
  }
}

function releasedThere(row: LedgerRow, site: string): Released {
  const reason = `${row.connector} runs at the site "${site}": run "hookswitch release --all --site DIR" there, DIR being the data directory of the site`
  return { row, outcome: { kind: 'failed', reason } }
}

/** With what the connector has remembered: where exactly it wrote may stand there. */
function createWriter(
  { tenant, id, type, settings }: SalvagedConnector,
  parts: CheckParts,
  store: Store,
): Writer | undefined {
  const definition = registry[type]
  if (!definition) return undefined
  const memory = createMemory(store, tenant, id)
  const instance = definition.create(settings, { ...trialContext(tenant, id, parts), memory })
  return { instance, slots: definition.writes(settings) }
}

function isAbout({ tenant, presentity }: LedgerRow, subject: ReleaseSubject): boolean {
  if (subject.tenant !== undefined && tenant !== subject.tenant) return false
  return subject.who === 'all' || presentity === subject.who.toLowerCase()
}

async function noteAudit(store: HubStore, rows: readonly LedgerRow[], { who }: ReleaseSubject) {
  const auditor = new Auditor({ store, clock: systemClock(), nextId: randomUUID })
  const about = who === 'all' ? '*' : who.toLowerCase()
  for (const tenant of new Set(rows.map((row) => row.tenant))) {
    const detail = 'with the hub stopped'
    await auditor.note({ tenant, who: systemUser() || 'unknown', what: 'release', about, detail })
  }
}

/** So many are under way at once: a slow target must not make a release of thousands take hours. */
const atOnce = 16

/** Everything that is left at one system. */
async function releaseAt(
  writer: Writer | undefined,
  rows: readonly LedgerRow[],
  context: ReleaseContext,
): Promise<readonly Released[]> {
  const failure = await startWriter(writer, rows)
  const released: Released[] = []
  const left = rows.values()
  const work = async () => {
    for (const row of left) {
      const outcome = failure ?? (await releaseRow(row, writer, context))
      released.push({ row, outcome })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return released
}

/** Why the system could not be reached. */
async function startWriter(
  writer: Writer | undefined,
  rows: readonly LedgerRow[],
): Promise<Outcome | undefined> {
  try {
    await writer?.instance.start([...new Set(rows.map(({ address }) => address))])
    return undefined
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) }
  }
}

interface Released {
  readonly row: LedgerRow
  readonly outcome: Outcome
}

interface ReleaseContext {
  readonly store: Store
  /** Bodies of the stored people whom the rows are about, by tenant and id. */
  readonly people: Map<string, string>
  readonly now: number
}

async function peopleOf(store: Store, rows: readonly LedgerRow[], { who, tenant: only }: ReleaseSubject) {
  const wanted = new Set(rows.map(personKey))
  const people = new Map<string, string>()
  let known = who === 'all' || rows.length > 0
  for await (const { tenant, id, body } of store.presentities()) {
    const key = personKey({ tenant, presentity: id })
    if (wanted.has(key)) people.set(key, body)
    known ||= id === who.toLowerCase() && (only ?? tenant) === tenant
  }
  return { people, known }
}

function personKey({ tenant, presentity }: Pick<LedgerRow, 'tenant' | 'presentity'>): string {
  return `${tenant}\n${presentity}`
}

async function releaseRow(
  row: LedgerRow,
  writer: Writer | undefined,
  { store, people, now }: ReleaseContext,
): Promise<Outcome> {
  const slot = writer?.slots.find((one) => one.slot === row.slot)
  if (!writer?.instance.publish || !slot) {
    return {
      kind: 'rejected',
      reason: `the configuration has no connector ${row.connector} that can write ${row.slot}`,
    }
  }
  const contribution = readRow(row, slot)
  if (contribution.act === 'clear') {
    await close(row, contribution, { store, now })
    return { kind: 'unchanged', at: now }
  }
  const restore = restoreOf(contribution) ?? slot.neutral
  const outcome = await writer.instance.publish({
    id: `${row.id}:release`,
    address: row.address,
    slot: row.slot,
    act: 'withdraw',
    state: restore,
    refresh: false,
  })
  if (!isDone(outcome)) return outcome
  await close(row, contribution, { store, now })
  const base = slot.contribution === 'sharedSlot' ? (isSelectable(restore) ? restore : AVAILABLE) : undefined
  await noteRelease(row, base, { store, people, now })
  return outcome
}

/** Where a row can be read no more: at least where it was written. What a person had there before is not known then. */
function readRow({ id, body, updatedAt: at }: LedgerRow, { slot, neutral }: WriteSlot): Contribution {
  try {
    return readContribution(body)
  } catch {
    const cause = { link: '', kind: 'condition', at, text: 'not known: its row could not be read' } as const
    return {
      ...{ id, slot, act: 'assert', state: neutral, cause, intentAt: at },
      ...{ found: undefined, before: undefined, ackAt: undefined, confirmedAt: undefined },
      ...{ expiresAt: undefined, refreshedAt: undefined, endIntentAt: undefined, endAckAt: undefined },
      ...{ endConfirmedAt: undefined, ending: undefined },
    }
  }
}

/** So that the next start does not take our own withdrawal for a person's change. */
async function noteRelease(
  row: LedgerRow,
  base: Presence | undefined,
  { store, people, now }: Pick<ReleaseContext, 'store' | 'people' | 'now'>,
): Promise<void> {
  const before = people.get(personKey(row))
  if (before === undefined) return
  const body = markIn(before, row, { base, now })
  if (body === undefined) return
  people.set(personKey(row), body)
  await store.commit([{ put: 'presentity', tenant: row.tenant, id: row.presentity, body }], 'full')
}

/** Undefined where what is stored of the person can be read no more: the next start names it. */
function markIn(...[before, row, released]: Parameters<typeof markReleased>): string | undefined {
  try {
    return markReleased(before, row, released)
  } catch {
    return undefined
  }
}

async function close(
  row: LedgerRow,
  contribution: Contribution,
  { store, now }: { store: Store; now: number },
): Promise<void> {
  const closed: Contribution = { ...contribution, endIntentAt: now, endAckAt: now, ending: 'released' }
  const entry = { ...row, open: false, updatedAt: Math.round(now), body: JSON.stringify(closed) }
  await store.commit([{ put: 'ledger', entry }], 'full')
}

function isDone(outcome: Outcome): boolean {
  return outcome.kind === 'applied' || outcome.kind === 'unchanged'
}

function writerKey({ tenant, connector }: Pick<LedgerRow, 'tenant' | 'connector'>): string {
  return `${tenant}\n${connector}`
}
