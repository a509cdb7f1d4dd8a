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
 * Keeps the store in step with the hub until `signal` aborts. Each (re)connect begins with everyone, so that nothing
 * missed in between can stay wrong on the screen; after a loss it tries again, at most 8 s apart.
 * The stream is read with fetch, because EventSource can send no bearer token and does not tell a refusal from a loss.
 */
export async function keepLive(store: BoardStore, signal: AbortSignal): Promise<void> {
  let pauseMs = firstPauseMs
  while (!signal.aborted) {
    try {
      await follow(store, signal, () => {
        pauseMs = firstPauseMs
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

/** One connection, from its opening to its loss, which is thrown. */
async function follow(store: BoardStore, signal: AbortSignal, onLive: () => void): Promise<void> {
  const stop = new AbortController()
  const response = await fetch('/api/v1/events', {
    headers: { accept: 'text/event-stream', ...authorization() },
    signal: AbortSignal.any([signal, stop.signal]),
  })
  if (!response.ok || !response.body) {
    throw new HubError(response.status, problemText(response.status, await response.text()))
  }
  const feed = createEventParser(
    receive(store, () => {
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
 * Takes the events of one connection. What comes before `ready` is everyone; a person who is not among them has left.
 */
function receive(store: BoardStore, onReady: () => void): (event: ServerEvent) => void {
  let everyone: Map<string, PersonView> | undefined = new Map()
  return ({ event, data }) => {
    if (event === 'ready') {
      if (everyone) store.replace(everyone)
      everyone = undefined
      onReady()
    } else if (event === 'person') {
      const person = JSON.parse(data) as PersonView
      if (everyone) everyone.set(personKey(person), person)
      else store.put(person)
    } else if (event === 'removed') {
      const key = personKey(JSON.parse(data) as PersonView)
      if (everyone) everyone.delete(key)
      else store.remove(key)
    }
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
