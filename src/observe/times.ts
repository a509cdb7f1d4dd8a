import type { Metric } from 'prom-client'

/** Seconds. Fine around what is promised: 15 ms and 100 ms from event to write, 2.5 s and 5 s back to the phone. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

interface Series {
  readonly labels: Readonly<Record<string, string>>
  /** Of each bucket alone; the last is of what is above all bounds. */
  readonly counts: Float64Array
  sum: number
}

interface Value {
  readonly labels: Readonly<Record<string, string | number>>
  readonly value: number
  readonly metricName: string
}

/**
 * A histogram in seconds that a registry of prom-client shows as its own. prom-client works out a text of all labels for
 * every value that is observed, which a hub does a dozen times for each call.
 */
export class Times {
  readonly type = 'histogram'
  readonly aggregator = 'sum'
  readonly name: string
  readonly help: string
  readonly #series: Series[] = []

  constructor({ name, help }: { readonly name: string; readonly help: string }) {
    this.name = name
    this.help = help
  }

  /** What takes the values of one more series. */
  series(labels: Readonly<Record<string, string>>): (seconds: number) => void {
    const series: Series = { labels, counts: new Float64Array(bounds.length + 1), sum: 0 }
    const { counts } = series
    this.#series.push(series)
    return (seconds) => {
      let bucket = 0
      while (bucket < bounds.length && seconds > bounds[bucket]!) bucket += 1
      counts[bucket] = counts[bucket]! + 1
      series.sum += seconds
    }
  }

  /** As the registry asks for it when it is scraped. */
  get() {
    const { name, help, type, aggregator } = this
    return Promise.resolve({
      name,
      help,
      type,
      aggregator,
      values: this.#series.flatMap((one) => this.#show(one)),
    })
  }

  /** The registry's types know its own classes only; it asks for nothing but `name` and `get`. */
  asMetric(): Metric {
    return this as unknown as Metric
  }

  #show({ labels, counts, sum }: Series): Value[] {
    let below = 0
    const buckets = [...bounds, '+Inf'].map((le, index) => {
      below += counts[index]!
      return { labels: { le, ...labels }, value: below, metricName: `${this.name}_bucket` }
    })
    return [
      ...buckets,
      { labels, value: sum, metricName: `${this.name}_sum` },
      { labels, value: below, metricName: `${this.name}_count` },
    ]
  }
}
