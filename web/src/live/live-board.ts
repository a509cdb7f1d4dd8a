import type { PersonView } from '../../../src/core/view.ts'
import { words } from '../language/words.ts'
import { type BoardStore, personKey } from './board-store.ts'
import { createEventParser, type ServerEvent } from './event-parser.ts'
import { authorization, HubError, problemText } from './http.ts'

const firstPauseMs = 500
const longestPauseMs = 8_000
/** The hub sends at least a comment every 15 s; a stream that is silent for longer than this is dead. */
const silenceMs = 40_000

/**
 * Keeps the store in step with the hub until `signal` aborts. After a loss it tries again, at most 8 s apart, and says
 * where it was (`Last-Event-ID`): the hub sends what changed since, or everyone where it does not know any more.
 * The stream is read with fetch, because EventSource can send no bearer token and does not tell a refusal from a loss.
 */
export async function keepLive(store: BoardStore, signal: AbortSignal): Promise<void> {
  let pauseMs = firstPauseMs
  const place: Place = { id: undefined }
  while (!signal.aborted) {
    try {
      await follow(store, place, {
        signal,
        onLive: () => {
          pauseMs = firstPauseMs
        },
      })
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof HubError && error.status === 401) {
        store.setLink({ state: 'token', refused: 'authorization' in authorization() })
        return
      }
      markLost(store, error instanceof HubError ? error.message : words().pages.unreachable)
    }
    await pause(pauseMs, signal)
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }
}

/** The last event that is safe to go on from. */
interface Place {
  id: string | undefined
}

interface Following {
  readonly signal: AbortSignal
  onLive(): void
}

/** One connection, from its opening to its loss, which is thrown. */
async function follow(store: BoardStore, place: Place, { signal, onLive }: Following): Promise<void> {
  const stop = new AbortController()
  const response = await fetch('/api/v1/events', {
    headers: {
      accept: 'text/event-stream',
      ...authorization(),
      ...(place.id !== undefined && { 'last-event-id': place.id }),
    },
    signal: AbortSignal.any([signal, stop.signal]),
  })
  if (!response.ok || !response.body) {
    throw new HubError(response.status, problemText(response.status, await response.text()))
  }
  const feed = createEventParser(
    receive(store, place, () => {
      store.setLink({ state: 'live' })
      onLive()
    }),
  )
  const decoder = new TextDecoder()
  const reader = response.body.getReader()
  let silence: ReturnType<typeof setTimeout> | undefined
  try {
    for (;;) {
      silence = setTimeout(() => stop.abort(), silenceMs)
      const { done, value } = await reader.read()
      clearTimeout(silence)
      if (done) throw new Error('The hub closed the connection.')
      feed(decoder.decode(value, { stream: true }))
    }
  } finally {
    clearTimeout(silence)
    stop.abort()
  }
}

/**
 * Takes the events of one connection. What comes before `ready` is what changed since `place`, where `ready` says so,
 * else everyone: who is not among them has left. Before `ready` nothing is complete, so `place` stays where it was.
 */
function receive(store: BoardStore, place: Place, onReady: () => void): (event: ServerEvent) => void {
  let before: Map<string, PersonView | undefined> | undefined = new Map()
  const take = (key: string, person: PersonView | undefined): void => {
    if (before) before.set(key, person)
    else if (person) store.put(person)
    else store.remove(key)
  }
  return ({ event, data, id }) => {
    const value = JSON.parse(data) as PersonView & { readonly resumed?: boolean }
    if (event === 'person') take(personKey(value), value)
    else if (event === 'removed') take(personKey(value), undefined)
    else if (event === 'ready') {
      const all = [...(before ?? [])]
      before = undefined
      if (value.resumed) for (const [key, person] of all) take(key, person)
      else store.replace(new Map(all.flatMap(([key, person]) => (person ? [[key, person]] : []))))
      onReady()
    }
    if (!before) place.id = id ?? place.id
  }
}

function markLost(store: BoardStore, reason: string): void {
  const { link } = store.get()
  store.setLink({ state: 'lost', since: link.state === 'lost' ? link.since : Date.now(), reason })
}

/** About `ms`, so that the boards of a whole office do not come back in one moment. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms * (0.75 + Math.random() / 2))
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
