import {
  ConnectorFailure,
  type Finding,
  type Outcome,
  type Publication,
  type SealedValues,
} from '../../core/connector.ts'
import type { FeedEvent } from '../../core/observation.ts'
import type { Clock, LedgerRow, Log, Metrics, Store, Timer } from '../../core/ports.ts'
import type { UplinkHandler } from '../../sites/uplink.ts'
import {
  type Ask,
  type Assignment,
  ranOutVersion,
  type Said,
  type TakenBack,
  type Tell,
} from '../../sites/wire.ts'
import { trialContext } from '../hub/check.ts'
import type { Outbound } from '../hub/outbound.ts'
import { Reach } from '../hub/reach.ts'
import { createMemory } from '../hub/systems.ts'
import type { Registry } from '../registry.ts'
import type { Absence } from './absence.ts'
import { takenByHand } from './by-hand.ts'
import { listSecrets } from './list-secrets.ts'
import type { SiteSeal } from './place.ts'
import { RunOut } from './run-out.ts'
import { SiteConnector } from './site-connector.ts'
import { rowId, type SiteLedger } from './site-ledger.ts'
import { keepAssignment, noteTakenBack, readTakenBack } from './site-memory.ts'
import { isTaken, type TakenRow, takeBackRows } from './take-back.ts'

/** How often is looked whether health or facts have changed by themselves, milliseconds. */
const lookMs = 2_000
/** Nothing was written, because it came too late: the hub may send it again so soon, milliseconds. */
const lateMs = 1_000

export interface RunnerParts {
  readonly tenant: string
  /** Those that this site was enrolled for. */
  readonly connectors: readonly string[]
  readonly store: Store
  readonly ledger: SiteLedger
  readonly seal: SiteSeal
  /** What the hub said last of each connector. */
  readonly assignments: Map<string, Assignment>
  readonly absence: Absence
  readonly sealedFor: (at: { readonly connector: string }) => SealedValues
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly random: () => number
  readonly outbound: Outbound
  readonly registry: Registry
  readonly signal: AbortSignal
  /** Of a setting that no log may show. */
  readonly hide: (secret: string) => void
  readonly say: (of: string, said: Said) => void
  /** Nothing of what was said and not heard is told any more. */
  readonly dropSaid: () => void
  readonly isConnected: () => boolean
}

/** Runs for the hub what it asks for. What runs goes on while the hub is away. */
export class SiteRunner implements UplinkHandler {
  readonly #parts: RunnerParts
  /** What instances share: a token of which a phone system allows one. */
  readonly #reach = new Reach()
  readonly #running = new Map<string, SiteConnector>()
  /** Starts and stops of one connector, one after the other. */
  readonly #turns = new Map<string, Promise<unknown>>()
  /** Writes under way, by row of the ledger. */
  readonly #writes = new Map<string, Promise<unknown>>()
  /** What these say is not told until the hub knows what was taken back there: it would take that for somebody's choice. */
  readonly #silent = new Set<string>()
  /** What the hub was told to be taken back, to be forgotten when it goes on. */
  readonly #told = new Map<string, () => Promise<void>>()
  readonly #runOut: RunOut
  #hubProtocol = 0
  #timer: Timer | undefined

  constructor(parts: RunnerParts) {
    this.#parts = parts
    const { ledger, absence, clock, log, assignments } = parts
    this.#runOut = new RunOut({
      ...{ ledger, absence, clock, log },
      holdMs: (of) => assignments.get(of)?.holdMs,
      takeBack: (of) => this.takeBack(of, { ranOut: true }),
    })
  }

  start(): void {
    this.#timer = this.#parts.clock.after(lookMs, () => {
      for (const connector of this.#running.values()) connector.tellChanges()
      void this.#runOut.look()
      this.start()
    })
  }

  async stop(): Promise<void> {
    this.#timer?.cancel()
    await Promise.all([...this.#running.values()].map((connector) => connector.stop()))
  }

  connected({ protocol }: { readonly protocol: number }): void {
    this.#hubProtocol = protocol
    this.#note(this.#parts.absence.over())
    this.#parts.log.info('the hub has let this site in')
  }

  cut(reason: string): void {
    this.#note(this.#parts.absence.begin())
    this.#parts.log.warn('the link to the hub was cut; what runs here goes on', { reason })
  }

  /**
   * Takes back what may be there at a connector, of one address or of all, and notes it for the hub. There must be no
   * link: the hub is to know of it before it hears of the phones.
   */
  takeBack(
    of: string,
    { address, ranOut }: { readonly address?: string; readonly ranOut?: true },
  ): Promise<readonly TakenRow[]> {
    return this.#inTurn(of, async () => {
      const { ledger, clock, store, tenant, dropSaid } = this.#parts
      const connector = await this.#begun(of)
      this.#silent.add(of)
      const rows = ledger
        .openAt(of)
        .filter(({ presentity }) => address === undefined || presentity === address.toLowerCase())
      const ending = ranOut ? 'expired' : 'released'
      const written = async (row: LedgerRow) => this.#writes.get(row.id)
      const taken = await takeBackRows(rows, { connector, ledger, clock, ending, written })
      dropSaid()
      const places = taken.filter(isTaken).map(({ row }) => ({ ...row, ...(ranOut && { ranOut }) }))
      await noteTakenBack(store, tenant, places)
      return taken
    })
  }

  async ask(of: string, ask: Ask, isLate: () => boolean): Promise<unknown> {
    if (!this.#parts.connectors.includes(of)) {
      throw new ConnectorFailure('misconfigured', `This site was not enrolled for the connector "${of}"`)
    }
    if (ask.what === 'start') return this.#inTurn(of, () => this.#start(of, ask))
    if (ask.what === 'stop') return this.#inTurn(of, () => this.#stop(of))
    if (ask.what === 'publish') return this.#publish(of, ask.publication, isLate)
    if (ask.what === 'check') return this.#check(of, ask.assignment)
    const { instance } = this.#find(of)
    return (await instance.directory?.()) ?? []
  }

  tell(of: string, tell: Tell): void {
    const connector = this.#running.get(of)
    if (!connector) return
    // It has taken the answer to its start.
    const forget = this.#told.get(of)
    this.#told.delete(of)
    if (forget) this.#note(forget())
    if (tell.what === 'follow') connector.follow(tell.addresses)
    else if (tell.what === 'resync') connector.instance.resync(tell.addresses)
    else connector.instance.notify?.(tell.notice)
  }

  #find(of: string): SiteConnector {
    const connector = this.#running.get(of)
    if (connector) return connector
    throw new ConnectorFailure('not-ready', `The connector "${of}" does not run at the site`)
  }

  #inTurn<Result>(of: string, act: () => Promise<Result>): Promise<Result> {
    const done = (this.#turns.get(of) ?? Promise.resolve()).then(act)
    this.#turns.set(
      of,
      done.catch(() => undefined),
    )
    return done
  }

  #definitionOf(type: string) {
    const definition = Object.hasOwn(this.#parts.registry, type) ? this.#parts.registry[type] : undefined
    if (definition) return definition
    throw new ConnectorFailure('misconfigured', `This site knows no connector of the type "${type}"`, {
      fix: 'Bring the program at the site up to date.',
    })
  }

  async #start(of: string, { assignment, addresses, written = [] }: Extract<Ask, { what: 'start' }>) {
    const { store, tenant, ledger } = this.#parts
    this.#definitionOf(assignment.type)
    const { taken, forget } = await readTakenBack(store, tenant, of)
    this.#told.set(of, forget)
    const known = this.#running.get(of)
    if (known?.isAs(assignment)) known.follow(addresses)
    else {
      await this.#stop(of)
      this.#create(of, assignment, addresses)
      await keepAssignment(this.#parts, of, assignment)
    }
    const gone = new Set([...taken.released, ...taken.ranOut])
    await ledger.adopt(
      of,
      written.filter(({ address }) => !gone.has(address)),
    )
    // After the answer, so that the hub knows what was taken back before it hears of it.
    setImmediate(() => {
      this.#silent.delete(of)
      if (known?.isAs(assignment)) known.restate()
      else void this.#running.get(of)?.start()
    })
    return this.#forHub(taken)
  }

  /** An older hub does not know that something ran out: it takes it for a release, which is nobody's choice either. */
  #forHub({ released, ranOut }: TakenBack): TakenBack {
    if (this.#hubProtocol >= ranOutVersion) return { released, ranOut }
    return { released: [...released, ...ranOut], ranOut: [] }
  }

  #create(of: string, assignment: Assignment, addresses: readonly string[]): SiteConnector {
    const { clock, random, assignments } = this.#parts
    const definition = this.#definitionOf(assignment.type)
    for (const secret of listSecrets(assignment.settings)) this.#parts.hide(secret)
    assignments.set(of, assignment)
    const log = this.#parts.log.with({ connector: of })
    const created = new SiteConnector(
      {
        ...{ id: of, assignment, definition, clock, log, random },
        context: this.#contextOf(of),
        say: (said) => this.#say(of, said),
      },
      addresses,
    )
    this.#running.set(of, created)
    return created
  }

  /** The connector, begun with what the hub said of it before this site began anew where it does not run yet. */
  async #begun(of: string): Promise<SiteConnector> {
    const assignment = this.#parts.assignments.get(of)
    const known = this.#running.get(of)
    if (!known && !assignment) {
      throw new ConnectorFailure('misconfigured', `This site does not know how to reach "${of}"`)
    }
    const addresses = this.#parts.ledger.openAt(of).map(({ address }) => address)
    const connector = known ?? this.#create(of, assignment!, addresses)
    await connector.start()
    return connector
  }

  async #stop(of: string): Promise<void> {
    const known = this.#running.get(of)
    this.#running.delete(of)
    await known?.stop()
  }

  #contextOf(of: string) {
    const { tenant, store, clock, log, metrics, signal, outbound } = this.#parts
    return {
      ...{ tenant, connector: of, clock, metrics, signal },
      ...{ log: log.with({ connector: of }), memory: createMemory(store, tenant, of) },
      sealed: this.#parts.sealedFor({ connector: of }),
      ...{ fetch: outbound.fetch, network: outbound.network },
      ...this.#reach.contextFor(tenant, of),
    }
  }

  /** A sign of life is worth nothing later, nor is how something worked. */
  #say(of: string, said: Said): void {
    if (said.what === 'event') {
      this.#heard(of, said.event)
      if (this.#silent.has(of)) return
    }
    const isPassing = said.what === 'facts' || (said.what === 'event' && said.event.type === 'renewed')
    if (!isPassing || this.#parts.isConnected()) this.#parts.say(of, said)
  }

  /** What somebody has taken back at a phone is not ours to take back. */
  #heard(of: string, event: FeedEvent): void {
    const { ledger } = this.#parts
    const rows = ledger.openAt(of).filter(({ id }) => !this.#writes.has(id))
    if (rows.length === 0) return
    const slots = this.#running.get(of)?.slots ?? []
    for (const row of takenByHand(event, rows, slots)) this.#note(ledger.end(row, 'yielded'))
  }

  #note(written: Promise<unknown>): void {
    written.catch((error: unknown) => this.#parts.log.error('the site could not note something', { error }))
  }

  async #publish(of: string, publication: Publication, isLate: () => boolean): Promise<Outcome> {
    const { instance } = this.#find(of)
    const late = { kind: 'deferred', reason: 'it came too late over the link', retryAfterMs: lateMs } as const
    if (isLate()) return late
    if (!instance.publish) return { kind: 'rejected', reason: 'the connector at the site takes no writes' }
    const publish = instance.publish.bind(instance)
    const write = async (): Promise<Outcome> => {
      const note = await this.#parts.ledger.intend(of, publication)
      // The disk may have taken its time.
      const outcome = isLate() ? late : await publish(publication)
      await note(outcome)
      return outcome
    }
    const id = rowId(of, publication.address, publication.slot)
    const written = write()
    this.#writes.set(id, written)
    try {
      return await written
    } finally {
      if (this.#writes.get(id) === written) this.#writes.delete(id)
    }
  }

  async #check(of: string, { type, settings, teamsSync, readOnly }: Assignment): Promise<readonly Finding[]> {
    const { tenant } = this.#parts
    return this.#definitionOf(type).check(settings, {
      ...trialContext(tenant, of, { ...this.#parts, reach: this.#reach }),
      ...(teamsSync && { teamsSync }),
      ...(readOnly && { readOnly }),
    })
  }
}
