import { daysKept } from '../../config/history-schema.ts'
import type { TenantConfig } from '../../config/resolved.ts'
import { type Agreed, keepAgreed } from '../../core/agreement.ts'
import type { Archive, AuditEntry, AuditQuery } from '../../core/history.ts'
import type {
  HistoryPort,
  NothingTold,
  PastSubject,
  PoliciesView,
  RollbackWish,
  RulesInForce,
} from '../../core/history-port.ts'
import type { HubStore } from '../../core/hub-store.ts'
import type { Policy } from '../../core/policy.ts'
import type { HistoryRecorder } from '../../engine/history-recorder.ts'
import { Auditor } from '../../history/auditor.ts'
import { PolicyBook, type PolicyChange } from '../../history/policy-book.ts'
import { whence } from '../../http/whence.ts'
import { drawDay } from './day.ts'
import { historyLimits, ledgerLimits } from './kept.ts'
import { PastOfPeople, type PastParts } from './past.ts'
import { PersonDataDesk } from './person-data.ts'
import type { RunningTenant } from './port.ts'
import type { Parts } from './systems.ts'

/** Often enough that what is not to be kept is gone within minutes, milliseconds. */
const pruneEveryMs = 5 * 60_000
/** Rows of a person are counted at every so manyth pruning: that looks at all of them. */
const countEvery = 12

export interface HistoryParts extends Parts {
  readonly store: HubStore
  readonly recorder: HistoryRecorder
  readonly nextId: () => string
  readonly configured: ConfiguredPolicy
  /** Every tenant that is configured, also where other hubs have some of them; those that run here if left out. */
  readonly kept?: () => readonly TenantConfig[]
  /** In force at other hubs; of a hub alone left out. */
  readonly elsewhere?: () => readonly RulesInForce[]
  /** Who agreed to what, of a tenant. */
  readonly agreed: (tenant: RunningTenant) => Agreed
}

/** The rules of a tenant, as its configuration has them. */
export type ConfiguredPolicy = (tenant: RunningTenant) => Policy

/**
 * The hub's memory of the past: which rules are in force, what is kept and for how long, who looked. `open` before any
 * person takes a turn.
 */
export class HubHistory implements HistoryPort {
  readonly #tenants: ReadonlyMap<string, RunningTenant>
  readonly #parts: HistoryParts
  readonly #books = new Map<string, PolicyBook>()
  readonly #configured: ConfiguredPolicy
  readonly #auditor: Auditor
  readonly #pastParts: PastParts
  readonly #past: PastOfPeople
  readonly #data: PersonDataDesk
  #pruning: { cancel(): void } | undefined
  #prunings = 0
  #stopped = false

  constructor(tenants: ReadonlyMap<string, RunningTenant>, parts: HistoryParts) {
    this.#tenants = tenants
    this.#parts = parts
    this.#configured = parts.configured
    this.#auditor = new Auditor({ ...parts, whence })
    const policyAt = (tenant: string, version: number) => this.#books.get(tenant)?.policyOf(version)
    const configured = () => parts.kept?.().map(({ id }) => id) ?? [...tenants.keys()]
    this.#pastParts = { parts, configured, policyAt }
    this.#past = new PastOfPeople(tenants, this.#pastParts)
    this.#data = new PersonDataDesk(tenants, parts)
  }

  /** Adopts every tenant's rules and puts those in force; forgets what is not to be kept. */
  async open(change: PolicyChange): Promise<void> {
    for (const tenant of this.#tenants.values()) await this.adopt(tenant, change)
    void this.#prune()
  }

  /** Takes the rules as the tenant's configuration has them now. */
  async adopt(tenant: RunningTenant, change: PolicyChange): Promise<void> {
    const { id } = tenant.config
    const book = new PolicyBook(id, this.#parts)
    const isNew = await book.adopt(this.#configured(tenant), change)
    // Not before it is read: others look into it at any time.
    this.#books.set(id, book)
    if (isNew) {
      const version = book.versions.at(-1)!.version
      const detail = `version ${version}${change.comment === '' ? '' : `: ${change.comment}`}`
      await this.note({ tenant: id, who: change.author, what: 'policy.change', about: '*', detail })
    }
    this.#putInForce(id)
    const { pin } = book.inForce
    if (pin) {
      const { version, comment } = pin
      this.#parts.log.warn(
        'An earlier version of the rules is pinned; those of the configuration are not in force. Unpin with: hookswitch policy unpin',
        { tenant: id, version, comment },
      )
    }
  }

  /** The tenant is not configured any more; what is stored of it stays as long as it is to be kept. */
  drop(tenant: string): void {
    this.#books.delete(tenant)
    this.#parts.recorder.keepNothing(tenant)
  }

  stop(): void {
    this.#stopped = true
    this.#pruning?.cancel()
  }

  keptFrom(tenant: string): number | undefined {
    const config = this.#tenants.get(tenant)?.config
    return config && historyLimits([config], Math.floor(this.#parts.clock.wall()))[0]?.before
  }

  async explainAt(subject: PastSubject, at: number) {
    const found = this.#past.find(subject)
    if (!found) return undefined
    if (!this.#keeps(found.tenant)) return { none: whyNothing(this.#tenants.get(found.tenant)) }
    const detail = `the moment ${new Date(at).toISOString()}`
    await this.note({ ...found, who: subject.who, what: 'history.read', about: found.id, detail })
    return await this.#past.explain(found, at)
  }

  async dayOf(subject: PastSubject, stretch: { readonly from: number; readonly to: number }) {
    const found = this.#past.find(subject)
    if (!found) return undefined
    if (!this.#keeps(found.tenant)) return { none: whyNothing(this.#tenants.get(found.tenant)) }
    const detail = [stretch.from, stretch.to].map((at) => new Date(at).toISOString()).join(' to ')
    await this.note({ ...found, who: subject.who, what: 'history.read', about: found.id, detail })
    return await drawDay(found, stretch, this.#pastParts)
  }

  async personData(subject: PastSubject) {
    const found = this.#past.find(subject)
    if (!found) return undefined
    await this.note({ ...found, who: subject.who, what: 'person.export', about: found.id, detail: '' })
    return await this.#data.read(found)
  }

  async erase(subject: PastSubject) {
    const found = this.#past.find(subject)
    if (!found) return undefined
    await this.note({ ...found, who: subject.who, what: 'person.erase', about: found.id, detail: '' })
    return await this.#data.erase(found)
  }

  policies(tenant?: string): readonly PoliciesView[] {
    return [...this.#books.values()]
      .filter((book) => tenant === undefined || book.tenant === tenant)
      .map(viewBook)
  }

  inForce(tenant?: string): readonly RulesInForce[] {
    const { elsewhere } = this.#parts
    return [...this.ownRules(), ...(elsewhere?.() ?? [])].filter(
      (one) => (tenant ?? one.tenant) === one.tenant,
    )
  }

  /** Of the tenants that this hub has. */
  ownRules(): readonly RulesInForce[] {
    return [...this.#books.values()].map(({ standing }) => standing)
  }

  policy(version: number, tenant?: string): unknown {
    const row = this.#book(tenant)?.version(version)
    return row && (JSON.parse(row.body) as unknown)
  }

  async rollback({ tenant, version, comment, who }: RollbackWish): Promise<PoliciesView | NothingTold> {
    const book = this.#book(tenant)
    if (!book) return this.#noTenant(tenant)
    if (!book.version(version)) return { none: `The rules of ${book.tenant} have no version ${version}.` }
    const detail = `to version ${version}: ${comment}`
    await this.note({ tenant: book.tenant, who, what: 'policy.rollback', about: '*', detail })
    await book.pin(version, { author: who, comment })
    this.#putInForce(book.tenant)
    return viewBook(book)
  }

  async unpin({ tenant, comment, who }: Omit<RollbackWish, 'version'>): Promise<PoliciesView | NothingTold> {
    const book = this.#book(tenant)
    if (!book) return this.#noTenant(tenant)
    if (!book.inForce.pin) return { none: `No version of the rules of ${book.tenant} is pinned.` }
    await this.note({ tenant: book.tenant, who, what: 'policy.unpin', about: '*', detail: comment })
    await book.unpin()
    this.#putInForce(book.tenant)
    return viewBook(book)
  }

  audit(query: AuditQuery): ReturnType<Archive['audit']> {
    return this.#parts.store.audit(query)
  }

  note(entry: AuditEntry): Promise<void> {
    const { tenant, who, what, about, detail } = entry
    return this.#auditor.note({ tenant, who, what, about, detail })
  }

  isDiscreet(tenant: string): boolean {
    const config = this.#parts.kept?.().find(({ id }) => id === tenant) ?? this.#tenants.get(tenant)?.config
    return config?.history?.worksCouncil ?? false
  }

  #putInForce(tenant: string): void {
    const { version, policy } = this.#books.get(tenant)!.inForce
    const { recorder } = this.#parts
    if (this.#keeps(tenant)) recorder.keep(tenant, version)
    else recorder.keepNothing(tenant)
    this.#parts.engine.setPolicy(tenant, keepAgreed(policy, this.#parts.agreed(this.#tenants.get(tenant)!)))
  }

  /** These people agreed to something else than before. */
  agreedAnew(tenant: string, people: readonly string[]): void {
    const running = this.#tenants.get(tenant)
    const book = this.#books.get(tenant)
    if (!running || !book) return
    this.#parts.engine.setPolicy(tenant, keepAgreed(book.inForce.policy, this.#parts.agreed(running)), people)
  }

  #keeps(tenant: string): boolean {
    return daysKept(this.#tenants.get(tenant)?.config.history) > 0
  }

  /** The named tenant's, or the only one's. */
  #book(tenant: string | undefined): PolicyBook | undefined {
    if (tenant !== undefined) return this.#books.get(tenant)
    return this.#books.size === 1 ? [...this.#books.values()][0] : undefined
  }

  #noTenant(tenant: string | undefined): NothingTold {
    const none =
      tenant === undefined ? 'There are several tenants: say which.' : `There is no tenant "${tenant}".`
    return { none }
  }

  async #prune(): Promise<void> {
    const { clock, store, log } = this.#parts
    const tenants = this.#parts.kept?.() ?? [...this.#tenants.values()].map(({ config }) => config)
    const now = Math.floor(clock.wall())
    const counted = this.#prunings++ % countEvery === 0
    await Promise.all([
      store.pruneHistory(historyLimits(tenants, now)),
      store.prune(ledgerLimits(tenants, now, { counted })),
    ]).then(
      ([rows, writes]) => log.debug('the past was pruned', { rows, writes }),
      (error: unknown) => {
        if (!this.#stopped) log.warn('the past could not be pruned', { error })
      },
    )
    // Counted from its end: with a large archive it may take longer than the time between two.
    if (!this.#stopped) this.#pruning = clock.after(pruneEveryMs, () => void this.#prune())
  }
}

function viewBook(book: PolicyBook): PoliciesView {
  const { version, pin } = book.inForce
  return {
    tenant: book.tenant,
    inForce: version,
    ...(pin && { pinned: pin }),
    versions: book.versions.map((row) => ({
      version: row.version,
      at: row.at,
      author: row.author,
      comment: row.comment,
      links: (JSON.parse(row.body) as Policy).links.length,
    })),
  }
}

function whyNothing(tenant: RunningTenant | undefined): string {
  return tenant?.config.history?.worksCouncil
    ? 'No history is kept: the tenant is in works council mode.'
    : 'No history is kept. Set history.days of the tenant to at least 1; from then on the past can be explained.'
}
