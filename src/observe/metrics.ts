import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Metrics } from '../core/ports.ts'
import { type Kind, labelName, metricName } from './metric-names.ts'

/** Seconds. Fine around what is promised: 15 ms and 100 ms from event to write, 2.5 s and 5 s back to the phone. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

export interface MetricsOptions {
  /** Also report memory, CPU, event loop and garbage collection of the process. Default true. */
  readonly processMetrics?: boolean
  /** Series one metric may have; further label values are counted together as `other`. Default 200. */
  readonly seriesLimit?: number
}

/** Metrics that can be scraped by Prometheus. */
export interface ScrapedMetrics extends Metrics {
  readonly contentType: string
  /** The answer of GET /metrics, in Prometheus' text format. */
  render(): Promise<string>
}

type Labels = Readonly<Record<string, string>>

interface Sample {
  readonly labels: Labels
  readonly value: number
}

interface Series {
  readonly kind: Kind
  /** Undefined, or what of it was changed to fit. */
  add(labels: Labels, value: number): string | undefined
}

/**
 * Names become `hookswitch_<name>` with `_total` for counters and `_seconds` for times (prometheus.io/docs/practices/
 * naming); times are given in milliseconds and shown in seconds. Whatever does not fit (another kind under the same
 * name, a label the metric did not begin with, a value that is no number) is left out and counted, never thrown.
 */
export function createMetrics({
  processMetrics = true,
  seriesLimit = 200,
}: MetricsOptions = {}): ScrapedMetrics {
  const registry = new Registry()
  if (processMetrics) collectDefaultMetrics({ register: registry })
  const misuse = new Counter({
    name: 'hookswitch_metrics_misused_total',
    help: 'Values that did not fit their metric',
    labelNames: ['reason'],
    registers: [registry],
  })
  const known = new Map<string, Series>()
  /** What callers say to what is registered: names are worked out once. */
  const spoken = new Map<string, string>()

  function nameOf(kind: Kind, said: string): string {
    const key = `${kind} ${said}`
    const known = spoken.get(key)
    if (known !== undefined) return known
    const name = metricName(kind, said)
    spoken.set(key, name)
    return name
  }

  /** Undefined, or why the value was left out. */
  function tryRecord(kind: Kind, said: string, sample: Sample): string | undefined {
    const { labels, value } = sample
    if (!Number.isFinite(value) || (kind === 'counter' && value < 0)) return 'value'
    const name = nameOf(kind, said)
    let series = known.get(name)
    if (!series) {
      series = createSeries({ kind, name, registry, labels: Object.keys(labels), seriesLimit })
      known.set(name, series)
    }
    return series.kind === kind ? series.add(labels, value) : 'kind'
  }

  function record(kind: Kind, said: string, sample: Sample): void {
    let reason: string | undefined
    try {
      reason = tryRecord(kind, said, sample)
    } catch {
      // A name that the registry already has from elsewhere.
      reason = 'name'
    }
    if (reason !== undefined) misuse.inc({ reason })
  }

  return {
    count: (name, labels = {}, by = 1) => record('counter', name, { labels, value: by }),
    gauge: (name, value, labels = {}) => record('gauge', name, { labels, value }),
    observe: (name, milliseconds, labels = {}) =>
      record('histogram', name, { labels, value: milliseconds / 1000 }),
    contentType: registry.contentType,
    render: () => registry.metrics(),
  }
}

interface SeriesOptions {
  readonly kind: Kind
  readonly name: string
  readonly registry: Registry
  readonly labels: readonly string[]
  readonly seriesLimit: number
}

function createSeries({ kind, name, registry, labels, seriesLimit }: SeriesOptions): Series {
  const labelNames = labels.map(labelName)
  const help = name.replace(/^hookswitch_/, '').replaceAll('_', ' ')
  const writerFor = createWriter(kind, { name, help, labelNames, registers: [registry] })
  /** What writes one series, by its label values. */
  const seen = new Map<string, (value: number) => void>()
  const other = () => writerFor(labels.map(() => 'other'))
  return {
    kind,
    add(given, value) {
      const key = keyOf(labels, given)
      let write = seen.get(key)
      if (!write) {
        if (seen.size >= seriesLimit) {
          other()(value)
          return 'series'
        }
        write = writerFor(labels.map((name) => labelValue(given, name)))
        seen.set(key, write)
      }
      write(value)
      for (const name in given) if (!labels.includes(name)) return 'label'
      return undefined
    },
  }
}

const labelValue = (labels: Labels, name: string) => String(labels[name] ?? '').slice(0, 100)

function keyOf(names: readonly string[], labels: Labels): string {
  let key = ''
  for (const name of names) key += `${labelValue(labels, name)}\0`
  return key
}

interface Registration {
  readonly name: string
  readonly help: string
  readonly labelNames: string[]
  readonly registers: Registry[]
}

/** Answers what writes to the series with these label values. */
function createWriter(
  kind: Kind,
  registration: Registration,
): (values: readonly string[]) => (value: number) => void {
  if (kind === 'counter') {
    const counter = new Counter(registration)
    return (values) => {
      const one = counter.labels(...values)
      return (value) => one.inc(value)
    }
  }
  if (kind === 'gauge') {
    const gauge = new Gauge(registration)
    return (values) => {
      const one = gauge.labels(...values)
      return (value) => one.set(value)
    }
  }
  const histogram = new Histogram({ ...registration, buckets })
  return (values) => {
    const one = histogram.labels(...values)
    return (value) => one.observe(value)
  }
}
