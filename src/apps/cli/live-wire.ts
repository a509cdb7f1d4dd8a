import type { Metrics } from '../../core/ports.ts'

const largestBody = 20_000
const opensDoors = /token|secret|password|assertion|authorization/i
/** Where systems keep what people wrote and how they are called. An error's message is a machine's. */
const tellsOfPeople = /^(message|content|note|subject|displayName|givenName|surname|name|mail)$/i

/** Parsed JSON without what opens doors or was written by people; text that is no JSON is not kept. */
export function readSafely(text: string): unknown {
  if (text === '' || text.length > largestBody) return undefined
  try {
    const plain: unknown = JSON.parse(text)
    const isError = typeof plain === 'object' && plain !== null && 'error' in plain
    return JSON.parse(text, (key, value: unknown) => {
      const hide = opensDoors.test(key) || (!isError && tellsOfPeople.test(key))
      return hide && value !== null ? '[hidden]' : value
    })
  } catch {
    return undefined
  }
}

/**
 * A fetch that also records what was asked and answered over HTTP, while `open` says so: directories, which name
 * everyone, are read before that. Headers are left out.
 */
export function recordFetch(
  record: (what: object) => void,
  wire: { readonly fetch: typeof fetch; readonly open: () => boolean; readonly now: () => number },
): typeof fetch {
  return async (input, init) => {
    const began = wire.now()
    const answer = await wire.fetch(input, init)
    if (!wire.open()) return answer
    const { pathname } = new URL(input instanceof Request ? input.url : input)
    const sent = typeof init?.body === 'string' ? readSafely(init.body) : undefined
    const body = readSafely(await answer.clone().text())
    record({
      http: `${init?.method ?? 'GET'} ${pathname}`,
      ...(sent === undefined ? {} : { sent }),
      status: answer.status,
      ms: Math.round(wire.now() - began),
      ...(body === undefined ? {} : { body }),
    })
    return answer
  }
}

/** Counters of one trial, by name and labels. */
export interface Tally extends Metrics {
  lines(): readonly string[]
}

export function createTally(): Tally {
  const counts = new Map<string, number>()
  return {
    count(name, labels = {}, by = 1) {
      const series = [name, ...Object.entries(labels).map(([label, value]) => `${label}=${value}`)].join(' ')
      counts.set(series, (counts.get(series) ?? 0) + by)
    },
    gauge: () => {},
    observe: () => {},
    lines: () => [...counts].sort().map(([series, count]) => `${series}: ${count}`),
  }
}
