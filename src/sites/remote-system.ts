import {
  type ConnectorContext,
  ConnectorFailure,
  type ConnectorInstance,
  type CredentialEnd,
  type DirectoryEntry,
  type Finding,
  type Notice,
  type Outcome,
  type Publication,
  type UnknownValue,
} from '../core/connector.ts'
import type { FeedEvent, Observation } from '../core/observation.ts'
import type { Timer } from '../core/ports.ts'
import { presence } from '../core/presence.ts'
import type { Workings } from '../core/workings.ts'
import { readDirectory, readFindings, readOutcome, readTakenBack } from './decode.ts'
import type { SiteLink } from './site-link.ts'
import type { LinkListener, SiteLinks } from './site-links.ts'
import { type Assignment, publishLifeMs, type Said, type TakenBack, type Written } from './wire.ts'

/** How long the site may take to make a connector, and how soon it is asked again where it could not, milliseconds. */
const startMs = 30_000
const againMs = 15_000
/** An instance stops within 5 s. */
const stopMs = 4_000
/** How long a phone system may take for one write, and for its directory, milliseconds. */
const answerMs = 60_000
/** Nothing was written because the site is away: looked at again so soon, milliseconds. */
const awayMs = 2_000

export interface RemoteParts {
  readonly site: string
  readonly links: SiteLinks
  readonly assignment: Assignment
  /** What the connector would be here; never started. It tells what the connector can do. */
  readonly local: ConnectorInstance
  readonly context: Pick<ConnectorContext, 'tenant' | 'connector' | 'clock' | 'log' | 'emit' | 'health'>
  /** What the hub wrote there and has not taken back. */
  readonly written: () => readonly Written[]
  /** What was written at these addresses was taken back at the site, without the hub. */
  readonly takenBack: (taken: TakenBack) => void
}

/** A connector that runs at a site, as the hub has it. What it says comes over the link; cut, its feeds are lost. */
export function createRemote(parts: RemoteParts): ConnectorInstance {
  const remote = new RemoteSystem(parts)
  const { local } = parts
  return {
    start: (addresses) => remote.start(addresses),
    stop: () => remote.stop(),
    follow: (addresses) => remote.follow(addresses),
    resync: (addresses) => remote.resync(addresses),
    unknownValues: () => remote.unknownValues,
    credentialEnds: () => remote.credentialEnds,
    inspect: () => remote.workings,
    ...(local.publish && { publish: (publication: Publication) => remote.publish(publication) }),
    ...(local.notify && { notify: (notice: Notice) => remote.notify(notice) }),
    ...(local.directory && { directory: () => remote.directory() }),
  }
}

class RemoteSystem implements LinkListener {
  readonly #parts: RemoteParts
  readonly #feeds = new Set<string>()
  readonly #started = Promise.withResolvers<void>()
  #addresses: readonly string[] = []
  #link: SiteLink | undefined
  /** The site was asked over the link of now to run it, and may do so before it has answered. */
  #asked = false
  /** It has answered. */
  #runs = false
  #stopListening: (() => void) | undefined
  #retry: Timer | undefined
  unknownValues: readonly UnknownValue[] = []
  credentialEnds: readonly CredentialEnd[] = []
  /** Nothing while the site is away. */
  workings: Workings = {}

  constructor(parts: RemoteParts) {
    this.#parts = parts
  }

  /** Waits for the site as long as it takes. */
  start(addresses: readonly string[]): Promise<void> {
    const { links, site, context } = this.#parts
    const { tenant, connector } = context
    this.#addresses = addresses
    if (!links.find(tenant, site)) this.#away(links.lastSeen(tenant, site)?.detail)
    this.#stopListening = links.listen({ tenant, site, connector }, this)
    return this.#started.promise
  }

  async stop(): Promise<void> {
    this.#stopListening?.()
    this.#retry?.cancel()
    const link = this.#link
    this.#link = undefined
    this.#started.resolve()
    this.#runs = false
    if (!link || !this.#asked) return
    await link.ask(this.#connector, { what: 'stop' }, { withinMs: stopMs }).catch(() => {})
  }

  get #connector(): string {
    return this.#parts.context.connector
  }

  up(link: SiteLink): void {
    this.#link = link
    void this.#begin(link)
  }

  down(reason: string): void {
    this.#link = undefined
    this.#asked = false
    this.#runs = false
    this.workings = {}
    this.#retry?.cancel()
    for (const feed of this.#feeds) this.#parts.context.emit({ type: 'lost', feed, reason })
    this.#feeds.clear()
    this.#away(reason)
  }

  said(said: Said): void {
    const { context } = this.#parts
    if (said.what === 'event') {
      const event = internEvent(said.event, this.#toHubTime)
      if (event.type === 'ended' || event.type === 'lost') this.#feeds.delete(event.feed)
      else this.#feeds.add(event.feed)
      context.emit(event)
    } else if (said.what === 'health') {
      context.health(said.health)
      if (said.health.state === 'up' || said.health.state === 'degraded') this.#started.resolve()
    } else {
      this.unknownValues = said.unknownValues
      this.credentialEnds = said.credentialEnds
      this.workings = said.workings ?? {}
    }
  }

  follow(addresses: readonly string[]): void {
    this.#addresses = addresses
    if (this.#runs) this.#link?.tell(this.#connector, { what: 'follow', addresses })
  }

  /** Where the site is away it is done when that comes back. */
  resync(addresses: readonly string[]): void {
    if (this.#runs) this.#link?.tell(this.#connector, { what: 'resync', addresses })
  }

  notify(notice: Notice): void {
    if (this.#runs) this.#link?.tell(this.#connector, { what: 'notify', notice })
  }

  async publish(publication: Publication): Promise<Outcome> {
    if (!this.#link || !this.#runs) {
      return {
        kind: 'deferred',
        reason: `the site "${this.#parts.site}" is not connected`,
        retryAfterMs: awayMs,
      }
    }
    try {
      const time = { withinMs: answerMs, lifeMs: publishLifeMs }
      const value = await this.#link.ask(this.#connector, { what: 'publish', publication }, time)
      const outcome = readOutcome(value)
      const at = this.#parts.context.clock.wall()
      return outcome.kind === 'applied' || outcome.kind === 'unchanged' ? { ...outcome, at } : outcome
    } catch (error) {
      return { kind: 'failed', reason: `the site "${this.#parts.site}": ${(error as Error).message}` }
    }
  }

  async directory(): Promise<readonly DirectoryEntry[]> {
    if (!this.#link || !this.#runs) {
      throw new ConnectorFailure('not-ready', `the site "${this.#parts.site}" is not connected`)
    }
    const entries = readDirectory(
      await this.#link.ask(this.#connector, { what: 'directory' }, { withinMs: answerMs }),
    )
    if (entries) return entries
    throw new ConnectorFailure(
      'unexpected',
      `the site "${this.#parts.site}" answered with something that is no directory`,
    )
  }

  /** From the clock of the site to that of the hub, and never ahead of it. */
  get #toHubTime(): (at: number) => number {
    const now = this.#parts.context.clock.wall()
    const behind = this.#link?.clockBehindMs ?? 0
    return (at) => Math.min(at + behind, now)
  }

  #away(reason: string | undefined): void {
    const { site, context } = this.#parts
    context.health({
      ...{ state: 'down', failure: 'not-ready' },
      detail:
        reason === undefined
          ? `The site "${site}", where this connector runs, is not connected.`
          : `The site "${site}", where this connector runs, is not connected: ${reason}`,
      // Who was here since the hub runs is enrolled, and dials by itself as long as it runs.
      fix:
        reason === undefined
          ? `Start "hookswitch site" there, or look at its log. Without a site of that name: hookswitch sites code ${context.tenant} --connectors ${this.#connector}`
          : 'See whether its machine runs and reaches this hub: it dials again by itself. Why it cannot is in its log.',
    })
  }

  async #begin(link: SiteLink): Promise<void> {
    const { assignment, context, takenBack, written, site } = this.#parts
    if (!link.isFor(this.#connector)) {
      context.health({
        state: 'down',
        failure: 'misconfigured',
        detail: `The site "${site}" was not enrolled for the connector "${this.#connector}"`,
        fix: `Enrol it with a code that names all its connectors: hookswitch sites code ${context.tenant} --connectors ${[...link.connectors, this.#connector].join(',')}`,
      })
      return
    }
    try {
      const addresses = this.#addresses
      const ask = { what: 'start', assignment, addresses, written: written() } as const
      const answered = (value: unknown) => {
        if (this.#link === link) takenBack(readTakenBack(value))
      }
      this.#asked = true
      await link.ask(this.#connector, ask, { withinMs: startMs, answered })
      if (this.#link !== link) return
      this.#runs = true
      if (addresses !== this.#addresses) this.follow(this.#addresses)
      this.resync(this.#addresses)
    } catch (error) {
      if (this.#link !== link) return
      const { message, fix, kind } = error as ConnectorFailure
      context.health({ state: 'down', detail: message, failure: kind, ...(fix !== undefined && { fix }) })
      this.#retry = context.clock.after(againMs, () => {
        if (this.#link === link) void this.#begin(link)
      })
    }
  }
}

/** States are one object for all who have them (core/presence.ts); times are the hub's. */
function internEvent(event: FeedEvent, toHubTime: (at: number) => number): FeedEvent {
  const intern = (one: Observation) => ({ ...internState(one), observedAt: toHubTime(one.observedAt) })
  if (event.type === 'snapshot') return { ...event, observations: event.observations.map(intern) }
  return event.type === 'observed' ? { ...event, observation: intern(event.observation) } : event
}

function internState(observation: Observation): Observation {
  const { facet } = observation
  if (facet.kind !== 'presence') return observation
  const { availability, activity } = facet.state
  return { ...observation, facet: { ...facet, state: presence(availability, activity) } }
}

/** A trial connection of a connector, made where it runs. Never rejects. */
export async function checkAtSite(
  links: SiteLinks,
  at: { readonly tenant: string; readonly site: string; readonly connector: string },
  assignment: Assignment,
): Promise<readonly Finding[]> {
  const link = links.find(at.tenant, at.site)
  if (!link) {
    const text = `It runs at the site "${at.site}", which is not connected.`
    return [{ level: 'error', text, fix: 'Start "hookswitch site" there, or look at its log.' }]
  }
  const where = { level: 'ok', text: `It runs at the site "${at.site}" (version ${link.version}).` } as const
  try {
    const value = await link.ask(at.connector, { what: 'check', assignment }, { withinMs: answerMs })
    return [where, ...(readFindings(value) ?? [])]
  } catch (error) {
    return [{ level: 'error', text: `The site "${at.site}": ${(error as Error).message}.` }]
  }
}
