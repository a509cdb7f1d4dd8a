import { type Bus, type BusEnd, BusFailure } from '../core/bus.ts'
import { checkSubject, isHeard } from './words.ts'

interface Listener {
  readonly pattern: string
  readonly heard: (text: string, subject: string) => void
}

interface Answerer {
  readonly subject: string
  readonly answered: (message: unknown) => unknown
}

/** What the buses of one process share: each `join` is a node. Messages are copied, as they are between processes. */
export function createHall(): { join(): Bus } {
  const listeners = new Set<Listener>()
  const answerers = new Set<Answerer>()
  return { join: () => joinHall(listeners, answerers) }
}

function joinHall(listeners: Set<Listener>, answerers: Set<Answerer>): Bus {
  const ends = new Set<() => void>()
  let closed = false
  const keep = <Thing>(set: Set<Thing>, thing: Thing): BusEnd => {
    const end = () => {
      set.delete(thing)
      ends.delete(end)
    }
    if (closed) return { end }
    set.add(thing)
    ends.add(end)
    return { end }
  }
  return {
    get connected() {
      return !closed
    },
    tell(subject, message) {
      checkSubject(subject)
      if (closed) return
      const text = JSON.stringify(message)
      for (const one of listeners) {
        if (!isHeard(one.pattern, subject)) continue
        queueMicrotask(() => {
          if (listeners.has(one)) one.heard(text, subject)
        })
      }
    },
    hear: (pattern, heard) =>
      keep(listeners, {
        pattern: checkSubject(pattern, true),
        heard: (text, subject) => heard(JSON.parse(text), subject),
      }),
    async ask(subject, message, withinMs) {
      checkSubject(subject)
      if (closed) throw new BusFailure('away', 'This node has left')
      const found = [...answerers].find((one) => one.subject === subject)
      if (!found) throw new BusFailure('nobody', `Nobody answers at ${subject}`)
      const late = Promise.withResolvers<never>()
      const timer = setTimeout(
        () => late.reject(new BusFailure('late', `No answer at ${subject} within ${withinMs} ms`)),
        withinMs,
      )
      try {
        const copy = JSON.parse(JSON.stringify(message ?? null)) as unknown
        const answer = Promise.resolve(copy).then(found.answered)
        const refused = answer.catch((cause: unknown) => {
          throw new BusFailure('refused', cause instanceof Error ? cause.message : String(cause))
        })
        return JSON.parse(JSON.stringify((await Promise.race([refused, late.promise])) ?? null)) as unknown
      } finally {
        clearTimeout(timer)
      }
    },
    answer: (subject, answered) => keep(answerers, { subject: checkSubject(subject), answered }),
    watch: () => ({ end: () => {} }),
    async close() {
      closed = true
      for (const end of [...ends]) end()
    },
  }
}
