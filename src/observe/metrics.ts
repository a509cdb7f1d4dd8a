import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Metrics } from '../core/ports.ts'
import { type Kind, labelName, metricName } from './metric-names.ts'
import { Times } from './times.ts'

export interface MetricsOptions {
  /** Also report memory, CPU, event loop and garbage collection of the process. Default true. */
  readonly processMetrics?: boolean
  /** Series one metric may have; further label values are counted together as `other`. Default 200. */
  readonly seriesLimit?: number
}

/** Metrics that can be scraped by Prometheus. */
export interface ScrapedMetrics extends Metrics {
  /**
   * A gauge that is read when somebody asks for it: it has the series that `read` answers then, and no others. For what
   * comes and goes, such as tenants; what is configured is its only limit.
   */
  gauges(name: string, labels: readonly string[], read: () => Iterable<Sample>): void
  readonly contentType: string
  /** The answer of GET /metrics, in Prometheus' text format. */
  render(): Promise<string>
}

type Labels = Readonly<Record<string, string>>

/** One series of a gauge. */
export interface Sample {
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
  /** By what callers say: names are worked out once. */
  const spoken: Readonly<Record<Kind, Map<string, Series>>> = {
    counter: new Map(),
    gauge: new Map(),
    histogram: new Map(),
  }

  /** Throws for a name that the registry already has from elsewhere. */
  function seriesOf(kind: Kind, said: string, labels: Labels): Series {
    const name = metricName(kind, said)
    let series = known.get(name)
    if (!series) {
      series = createSeries({ kind, name, registry, labels: Object.keys(labels), seriesLimit })
      known.set(name, series)
    }
    if (series.kind === kind) spoken[kind].set(said, series)
    return series
  }

  /** Undefined, or why the value was left out. */
  function tryRecord(kind: Kind, said: string, { labels, value }: Sample): string | undefined {
    if (!Number.isFinite(value) || (kind === 'counter' && value < 0)) return 'value'
    const series = spoken[kind].get(said) ?? seriesOf(kind, said, labels)
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
    gauges(said, labels, read) {
      const name = metricName('gauge', said)
      try {
        createReadGauge(
          { ...{ name, help: helpOf(name), registers: [registry] }, labelNames: [...labels] },
          read,
        )
      } catch {
        misuse.inc({ reason: 'name' })
      }
    },
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
  const writerFor = createWriter(kind, { name, help: helpOf(name), labelNames, registers: [registry] })
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

function helpOf(name: string): string {
  return name.replace(/^hookswitch_/, '').replaceAll('_', ' ')
}

/** @throws Error for a name that the registry already has. */
function createReadGauge(registration: Registration, read: () => Iterable<Sample>): void {
  new Gauge({
    ...registration,
    collect() {
      this.reset()
      for (const { labels, value } of read()) this.set(labels, value)
    },
  })
}

function labelValue(labels: Labels, name: string): string {
  const value: unknown = labels[name]
  return typeof value === 'string' && value.length <= 100 ? value : String(value ?? '').slice(0, 100)
}

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
  if (kind === 'counter') return createCounter(registration)
  if (kind === 'gauge') {
    const gauge = new Gauge(registration)
    return (values) => {
      const one = gauge.labels(...values)
      return (value) => one.set(value)
    }
  }
  const times = new Times(registration)
  for (const registry of registration.registers) registry.registerMetric(times.asMetric())
  return (values) =>
    times.series(Object.fromEntries(registration.labelNames.map((name, at) => [name, values[at]!])))
}

/** What was counted is given to prom-client when it is asked for: it works out a text of all labels each time. */
function createCounter(registration: Registration): (values: readonly string[]) => (value: number) => void {
  const waiting: { readonly one: Counter.Internal; sum: number }[] = []
  const counter = new Counter({
    ...registration,
    collect() {
      for (const each of waiting) {
        each.one.inc(each.sum)
        each.sum = 0
      }
    },
  })
  return (values) => {
    const own = { one: counter.labels(...values), sum: 0 }
    waiting.push(own)
    return (value) => {
      own.sum += value
    }
  }
}
