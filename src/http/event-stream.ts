import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Clock, Log, Timer } from '../core/ports.ts'
import type { HubPort, PersonView } from '../core/view.ts'

export interface EventStreamOptions {
  readonly hub: HubPort
  readonly clock: Clock
  readonly log: Log
  /** A comment this often keeps proxies from cutting an idle stream, and finds dead peers. Milliseconds. */
  readonly heartbeatMs?: number
  /** A peer that takes nothing for this long is dropped. Milliseconds. */
  readonly patienceMs?: number
}

interface Watcher {
  readonly response: ServerResponse
  readonly tenant: string | undefined
  /**
   * What is still to be sent, by person: a slow peer gets fewer, newer states and never a queue without end.
   * The order is that of the last change, so that an event id covers all before it.
   */
  readonly pending: Map<string, { readonly person: PersonView | undefined; readonly sequence?: number }>
  /** Sent when everything the stream began with is out. */
  beginning: { left: number; readonly sequence: number } | undefined
  blockedSince: number | undefined
}

export interface EventStreams {
  /** Takes the response over; `lastEventId` as the peer sent it. */
  open(response: ServerResponse, from: { tenant?: string; lastEventId?: string }): void
  readonly count: () => number
  /** Ends every stream. */
  close(): void
}

export const mostStreams = 500

function keyOf({ tenant, id }: Pick<PersonView, 'tenant' | 'id'>): string {
  return `${tenant}/${id}`
}

/** Ids of tenants have no slash. */
function tenantOf(key: string): string {
  return key.slice(0, key.indexOf('/'))
}

function inTenant(key: string, tenant: string | undefined): boolean {
  return tenant === undefined || tenant === tenantOf(key)
}

/**
 * Server-sent events (WHATWG HTML, section 9.2): `person` with a PersonView; `removed` with {tenant, id}; `ready`
 * when the initial set is out. Event ids are `<run>.<sequence>`; a peer that comes back with one of this run gets
 * only what changed since, any other peer gets everyone.
 */
export function createEventStreams(options: EventStreamOptions): EventStreams {
  const { hub, clock, log } = options
  const heartbeatMs = options.heartbeatMs ?? 15_000
  const patienceMs = options.patienceMs ?? 30_000
  const run = randomBytes(6).toString('hex')
  const watchers = new Set<Watcher>()
  const changed = new Map<string, number>()
  const bodies = new WeakMap<PersonView, string>()
  let sequence = 0
  let beat: Timer | undefined
  let known = new Set<string>()

  function bodyOf(person: PersonView): string {
    let body = bodies.get(person)
    if (body === undefined) {
      body = JSON.stringify(person)
      bodies.set(person, body)
    }
    return body
  }

  function frame(key: string, item: { person: PersonView | undefined; sequence?: number }): string {
    const id = item.sequence === undefined ? '' : `id: ${run}.${item.sequence}\n`
    if (item.person) return `${id}event: person\ndata: ${bodyOf(item.person)}\n\n`
    const tenant = tenantOf(key)
    return `${id}event: removed\ndata: ${JSON.stringify({ tenant, id: key.slice(tenant.length + 1) })}\n\n`
  }

  function write(watcher: Watcher, text: string): void {
    if (!watcher.response.write(text)) watcher.blockedSince ??= clock.monotonic()
  }

  function pump(watcher: Watcher): void {
    for (const [key, item] of watcher.pending) {
      if (watcher.blockedSince !== undefined) return
      watcher.pending.delete(key)
      write(watcher, frame(key, item))
      if (watcher.beginning && item.sequence === undefined) watcher.beginning.left--
      announceReady(watcher)
    }
  }

  function announceReady(watcher: Watcher): void {
    if (watcher.beginning === undefined || watcher.beginning.left > 0) return
    write(watcher, `id: ${run}.${watcher.beginning.sequence}\nevent: ready\ndata: {}\n\n`)
    watcher.beginning = undefined
  }

  function enqueue(key: string, person: PersonView | undefined): void {
    sequence++
    changed.set(key, sequence)
    for (const watcher of watchers) {
      if (!inTenant(key, watcher.tenant)) continue
      const former = watcher.pending.get(key)
      // What the stream began with is overtaken by what is newer.
      if (former && former.sequence === undefined && watcher.beginning) watcher.beginning.left--
      watcher.pending.delete(key)
      watcher.pending.set(key, { person, sequence })
      pump(watcher)
    }
  }

  function drop(watcher: Watcher): void {
    watchers.delete(watcher)
    watcher.pending.clear()
    if (watchers.size > 0) return
    beat?.cancel()
    beat = undefined
  }

  /** The hub tells of changes, not of leavers: they are found by looking who is no longer there. */
  function announceLeavers(): void {
    const present = new Set(hub.people().map(keyOf))
    for (const key of known) {
      if (!present.has(key)) enqueue(key, undefined)
    }
    known = present
  }

  function onBeat(): void {
    announceLeavers()
    for (const watcher of watchers) {
      if (watcher.blockedSince === undefined) watcher.response.write(': still here\n\n')
      else if (clock.monotonic() - watcher.blockedSince > patienceMs) {
        log.warn('An event stream was dropped: its reader takes nothing.', { patienceMs })
        watcher.response.destroy()
        drop(watcher)
      }
    }
    if (watchers.size > 0) beat = clock.after(heartbeatMs, onBeat)
  }

  function chooseBeginning(tenant: string | undefined, lastEventId: string | undefined): Watcher['pending'] {
    const everyone = new Map(hub.people(tenant).map((person) => [keyOf(person), { person }]))
    const [ofRun, text] = (lastEventId ?? '').split('.')
    const since = Number(text)
    if (ofRun !== run || !Number.isSafeInteger(since)) return everyone
    const missed = [...changed].filter(([key, at]) => at > since && inTenant(key, tenant))
    return new Map(missed.map(([key]) => [key, { person: everyone.get(key)?.person }]))
  }

  const stopWatching = hub.watch((person) => enqueue(keyOf(person), person))

  return {
    open(response, { tenant, lastEventId }) {
      announceLeavers()
      const pending = chooseBeginning(tenant, lastEventId)
      const watcher: Watcher = {
        response,
        tenant,
        pending,
        beginning: { left: pending.size, sequence },
        blockedSince: undefined,
      }
      watchers.add(watcher)
      beat ??= clock.after(heartbeatMs, onBeat)
      response.on('drain', () => {
        watcher.blockedSince = undefined
        pump(watcher)
      })
      response.on('close', () => drop(watcher))
      response.on('error', () => drop(watcher))
      write(watcher, 'retry: 2000\n\n')
      announceReady(watcher)
      pump(watcher)
    },
    count: () => watchers.size,
    close() {
      stopWatching()
      for (const watcher of [...watchers]) {
        watcher.response.end()
        drop(watcher)
      }
    },
  }
}
