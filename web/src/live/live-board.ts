import type { PersonView } from '../../../src/core/view.ts'
import type { BoardStore } from './board-store.ts'
import { personKey } from './board-store.ts'
import { createEventParser, type ServerEvent } from './event-parser.ts'
import { ask, authorization, HubError, problemText } from './http.ts'
import { readList } from './read-list.ts'

const firstPauseMs = 500
const longestPauseMs = 8_000

/**
 * Keeps the store in step with the hub until `signal` aborts: opens the event stream, reads everyone, applies what
 * changed; after a loss it begins again, so that nothing missed in between can stay wrong on the screen.
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
      markLost(store, reasonOf(error))
    }
    await pause(pauseMs, signal)
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }
}

async function follow(store: BoardStore, signal: AbortSignal, onLive: () => void): Promise<void> {
  const early: ServerEvent[] = []
  let apply = (event: ServerEvent): void => {
    early.push(event)
  }
  const stop = new AbortController()
  const both = AbortSignal.any([signal, stop.signal])
  try {
    const response = await fetch('/api/v1/events', {
      headers: { accept: 'text/event-stream', ...authorization() },
      signal: both,
    })
    if (!response.ok || !response.body) {
      throw new HubError(response.status, problemText(response.status, await response.text()))
    }
    const reading = readAll(
      response.body,
      createEventParser((event) => apply(event)),
    )
    reading.catch(() => {})
    store.replace(readList<PersonView>(await ask('/api/v1/people', { signal: both }), 'people'))
    apply = (event) => applyEvent(store, event)
    early.forEach(apply)
    store.setLink({ state: 'live' })
    onLive()
    await reading
    throw new Error('The hub closed the connection.')
  } finally {
    stop.abort()
  }
}

async function readAll(body: ReadableStream<Uint8Array>, feed: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    feed(decoder.decode(value, { stream: true }))
  }
}

function applyEvent(store: BoardStore, { event, data }: ServerEvent): void {
  if (event === 'person') store.put(JSON.parse(data) as PersonView)
  if (event === 'removed') store.remove(personKey(JSON.parse(data) as PersonView))
}

function markLost(store: BoardStore, reason: string): void {
  const { link } = store.get()
  store.setLink({ state: 'lost', since: link.state === 'lost' ? link.since : Date.now(), reason })
}

function reasonOf(error: unknown): string {
  if (error instanceof HubError) return error.message
  return 'The hub cannot be reached.'
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms * (0.75 + Math.random() / 2))
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
