import type { LatencyFigures } from '../core/latency.ts'

/** Four buckets per doubling from 1 ms to about 19 min: a figure is at most a fifth too large or too small. */
const perDoubling = 4
const bucketCount = 82

/** A ring of periods, each with its counts: memory is bounded whatever comes in. */
interface Ring {
  readonly periodMs: number
  readonly counts: (Uint32Array | undefined)[]
  readonly max: Float64Array
  /** Number of the period that each place holds. */
  readonly period: Float64Array
}

const minute = 60_000
const quarter = 15 * minute

/** Times of one kind over the last hour (by the minute) and the last day (by the quarter of an hour). */
export class Histogram {
  readonly #hour = newRing(minute, 60)
  readonly #day = newRing(quarter, 96)

  /** Both in milliseconds; `now` never goes back. */
  add(took: number, now: number): void {
    if (!Number.isFinite(took)) return
    const time = Math.max(0, took)
    addTo(this.#hour, time, now)
    addTo(this.#day, time, now)
  }

  hour(now: number): LatencyFigures {
    return figuresOf(this.#hour, now)
  }

  day(now: number): LatencyFigures {
    return figuresOf(this.#day, now)
  }
}

function newRing(periodMs: number, places: number): Ring {
  const period = new Float64Array(places).fill(-1)
  return { periodMs, counts: new Array(places).fill(undefined), max: new Float64Array(places), period }
}

function addTo(ring: Ring, took: number, now: number): void {
  const period = Math.floor(now / ring.periodMs)
  const place = period % ring.counts.length
  let counts = ring.counts[place]
  if (!counts) {
    counts = new Uint32Array(bucketCount)
    ring.counts[place] = counts
  }
  if (ring.period[place] !== period) {
    counts.fill(0)
    ring.max[place] = 0
    ring.period[place] = period
  }
  const bucket = bucketOf(took)
  counts[bucket] = counts[bucket]! + 1
  ring.max[place] = Math.max(ring.max[place]!, took)
}

function bucketOf(took: number): number {
  if (took < 1) return 0
  return Math.min(bucketCount - 1, 1 + Math.floor(Math.log2(took) * perDoubling))
}

/** Lower edge of a bucket, milliseconds. */
function edgeOf(bucket: number): number {
  return bucket === 0 ? 0 : 2 ** ((bucket - 1) / perDoubling)
}

function figuresOf(ring: Ring, now: number): LatencyFigures {
  const oldest = Math.floor(now / ring.periodMs) - ring.counts.length + 1
  const sums = new Float64Array(bucketCount)
  let count = 0
  let max = 0
  for (const [place, counts] of ring.counts.entries()) {
    if (!counts || ring.period[place]! < oldest) continue
    for (let bucket = 0; bucket < bucketCount; bucket++) {
      sums[bucket] = sums[bucket]! + counts[bucket]!
      count += counts[bucket]!
    }
    max = Math.max(max, ring.max[place]!)
  }
  if (count === 0) return { count }
  const at = (share: number) => round(Math.min(max, quantile(sums, share * count)))
  return { count, p50: at(0.5), p95: at(0.95), max: round(max) }
}

/** The time below which `wanted` of the counted ones lie, evenly spread within its bucket. */
function quantile(sums: Float64Array, wanted: number): number {
  let below = 0
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    const here = sums[bucket]!
    if (here > 0 && below + here >= wanted) {
      const from = edgeOf(bucket)
      return from + ((edgeOf(bucket + 1) - from) * (wanted - below)) / here
    }
    below += here
  }
  return edgeOf(bucketCount)
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10
}
