import type { Hop, LinkLatency, Trigger } from '../core/latency.ts'
import { hops } from '../core/latency.ts'
import type { Contribution } from '../core/ledger.ts'
import type { Metrics } from '../core/ports.ts'
import { samePresence } from '../core/presence.ts'
import type { Point } from '../core/presentity.ts'
import type { Sent } from './actor.ts'
import { Histogram } from './histogram.ts'

/** Links whose times are kept; a hub with more of them has misconfigured something. */
const maxLinks = 1000
/** Waiting for a read longer than this says nothing about latency any more, milliseconds. */
const shownWithinMs = 10 * 60_000
/** Writes whose read-back is waited for at a time; beyond it the newest are not followed. */
const maxAwaited = 20_000

/** The way of one write so far. Hub times. */
export interface Trace {
  readonly tenant: string
  readonly link: string
  readonly trigger: Trigger
  readonly decidedAt: number
  readonly sentAt: number
}

interface Awaited {
  readonly trace: Trace
  readonly contribution: Contribution
  readonly acknowledgedAt: number
}

/** Times of every hop of every link, and the writes whose first showing is still to come. */
export class Latencies {
  readonly #metrics: Metrics
  readonly #links = new Map<string, { tenant: string; link: string; times: Map<Hop, Histogram> }>()
  readonly #awaited = new Map<Point, Awaited>()

  constructor(metrics: Metrics) {
    this.#metrics = metrics
  }

  /** The target has answered a write within `answerMs`, where the connector knows: every hop up to here is known. */
  acknowledged(
    trace: Trace,
    sent: Sent,
    { now, answerMs }: { readonly now: number; readonly answerMs?: number | undefined },
  ): void {
    if (trace.link === '') return
    const { trigger, decidedAt, sentAt } = trace
    const received = trigger.receivedWall - trigger.sourceAt
    this.#add(trace, { hop: 'received', took: received, now })
    this.#add(trace, { hop: 'decided', took: decidedAt - trigger.receivedAt, now })
    this.#add(trace, { hop: 'sent', took: sentAt - decidedAt, now })
    this.#add(trace, { hop: 'acknowledged', took: now - sentAt, now })
    const leftAt = answerMs === undefined ? sentAt : Math.max(sentAt, now - answerMs)
    this.#add(trace, { hop: 'left', took: received + leftAt - trigger.receivedAt, now })
    this.#add(trace, { hop: 'written', took: received + now - trigger.receivedAt, now })
    const { point, contribution, publication } = sent
    if (publication.act !== 'assert' || this.#awaited.size >= maxAwaited) return
    this.#awaited.set(point, { trace, contribution, acknowledgedAt: now })
    this.look(point, now)
  }

  /** After each read of an address: does it show what was written there? */
  look(point: Point, now: number): void {
    const awaited = this.#awaited.get(point)
    if (!awaited) return
    const { trace, contribution, acknowledgedAt } = awaited
    if (contribution.endIntentAt !== undefined || now - acknowledgedAt > shownWithinMs) {
      this.#awaited.delete(point)
      return
    }
    const at = shownAt(point, contribution)
    if (at === undefined) return
    this.#awaited.delete(point)
    const { receivedWall, sourceAt, receivedAt } = trace.trigger
    // A system that pushes may tell of the change before it has answered.
    this.#add(trace, { hop: 'shown', took: Math.max(0, at - acknowledgedAt), now })
    this.#add(trace, { hop: 'visible', took: receivedWall - sourceAt + at - receivedAt, now })
  }

  /** Every link that was written over, by tenant and id. */
  view(now: number, tenant?: string): readonly Omit<LinkLatency, 'promiseMs' | 'kept'>[] {
    return [...this.#links.values()]
      .filter((one) => tenant === undefined || one.tenant === tenant)
      .sort((a, b) => (`${a.tenant} ${a.link}` < `${b.tenant} ${b.link}` ? -1 : 1))
      .map(({ tenant: owner, link, times }) => ({
        tenant: owner,
        link,
        hops: hops.map((hop) => {
          const histogram = times.get(hop)
          const nothing = { count: 0 }
          return { hop, hour: histogram?.hour(now) ?? nothing, day: histogram?.day(now) ?? nothing }
        }),
      }))
  }

  #add(
    { tenant, link }: Trace,
    { hop, took, now }: { readonly hop: Hop; readonly took: number; readonly now: number },
  ): void {
    const key = `${tenant}\n${link}`
    let known = this.#links.get(key)
    if (!known) {
      if (this.#links.size >= maxLinks) return
      known = { tenant, link, times: new Map() }
      this.#links.set(key, known)
    }
    let histogram = known.times.get(hop)
    if (!histogram) {
      histogram = new Histogram()
      known.times.set(hop, histogram)
    }
    histogram.add(took, now)
    this.#metrics.observe('link_latency', Math.max(0, took), { tenant, link, hop })
  }
}

/** Hub time of the read that shows a write. */
function shownAt(point: Point, contribution: Contribution): number | undefined {
  if (contribution.confirmedAt !== undefined) return contribution.confirmedAt
  const { read } = point
  const after = read !== undefined && read.at >= contribution.intentAt
  if (after && samePresence(read.state, contribution.state)) return read.at
  return undefined
}
