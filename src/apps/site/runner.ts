import {
  ConnectorFailure,
  type Finding,
  type Outcome,
  type Publication,
  type SealedValues,
} from '../../core/connector.ts'
import type { Clock, Log, Metrics, Store, Timer } from '../../core/ports.ts'
import type { UplinkHandler } from '../../sites/uplink.ts'
import type { Ask, Assignment, Said, Tell } from '../../sites/wire.ts'
import { trialContext } from '../hub/check.ts'
import type { Outbound } from '../hub/outbound.ts'
import { Reach } from '../hub/reach.ts'
import { createMemory } from '../hub/systems.ts'
import type { Registry } from '../registry.ts'
import { listSecrets } from './list-secrets.ts'
import type { SiteSeal } from './place.ts'
import { SiteConnector } from './site-connector.ts'
import type { SiteLedger } from './site-ledger.ts'
import { keepAssignment, takeReleased } from './site-memory.ts'

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
  #timer: Timer | undefined

  constructor(parts: RunnerParts) {
    this.#parts = parts
  }

  start(): void {
    this.#timer = this.#parts.clock.after(lookMs, () => {
      for (const connector of this.#running.values()) connector.tellChanges()
      this.start()
    })
  }

  async stop(): Promise<void> {
    this.#timer?.cancel()
    await Promise.all([...this.#running.values()].map((connector) => connector.stop()))
  }

  connected(): void {
    this.#parts.log.info('the hub has let this site in')
  }

  cut(reason: string): void {
    this.#parts.log.warn('the link to the hub was cut; what runs here goes on', { reason })
  }

  async ask(of: string, ask: Ask, isLate: () => boolean): Promise<unknown> {
    if (!this.#parts.connectors.includes(of)) {
      throw new ConnectorFailure('misconfigured', `This site was not enrolled for the connector "${of}"`)
    }
    if (ask.what === 'start') return this.#inTurn(of, () => this.#start(of, ask.assignment, ask.addresses))
    if (ask.what === 'stop') return this.#inTurn(of, () => this.#stop(of))
    if (ask.what === 'publish') return this.#publish(of, ask.publication, isLate)
    if (ask.what === 'check') return this.#check(of, ask.assignment)
    const { instance } = this.#find(of)
    return (await instance.directory?.()) ?? []
  }

  tell(of: string, tell: Tell): void {
    const connector = this.#running.get(of)
    if (!connector) return
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

  async #start(of: string, assignment: Assignment, addresses: readonly string[]) {
    const { store, tenant, clock, random } = this.#parts
    const definition = this.#definitionOf(assignment.type)
    const known = this.#running.get(of)
    const released = await takeReleased(store, tenant, of)
    if (known?.isAs(assignment)) {
      known.follow(addresses)
      // After the answer, so that the hub knows what was taken back before it hears of it.
      setImmediate(() => known.restate())
      return { released }
    }
    await this.#stop(of)
    for (const secret of listSecrets(assignment.settings)) this.#parts.hide(secret)
    await keepAssignment(this.#parts, of, assignment)
    const log = this.#parts.log.with({ connector: of })
    const started = new SiteConnector(
      {
        ...{ id: of, assignment, definition, clock, log, random },
        context: this.#contextOf(of),
        say: (said) => this.#say(of, said),
      },
      addresses,
    )
    this.#running.set(of, started)
    setImmediate(() => started.start())
    return { released }
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

  /** A sign of life is worth nothing later. */
  #say(of: string, said: Said): void {
    const isRenewal = said.what === 'event' && said.event.type === 'renewed'
    if (!isRenewal || this.#parts.isConnected()) this.#parts.say(of, said)
  }

  async #publish(of: string, publication: Publication, isLate: () => boolean): Promise<Outcome> {
    const { instance } = this.#find(of)
    const late = { kind: 'deferred', reason: 'it came too late over the link', retryAfterMs: lateMs } as const
    if (isLate()) return late
    if (!instance.publish) return { kind: 'rejected', reason: 'the connector at the site takes no writes' }
    const note = await this.#parts.ledger.intend(of, publication)
    // The disk may have taken its time.
    const outcome = isLate() ? late : await instance.publish(publication)
    await note(outcome)
    return outcome
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
