import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type Bus, BusFailure } from '../../core/bus.ts'
import type { Log } from '../../core/ports.ts'
import type { Knock, SiteSocket } from '../../sites/site-door.ts'
import type { HubFrame } from '../../sites/wire.ts'

/** A site waits so long for a tenant that changes hands, milliseconds. */
const patienceMs = 5_000
const againMs = 200
/** How long another hub may take to take over a socket, milliseconds. */
const answerMs = 5_000

const openSubject = (incarnation: string) => `site.open.${incarnation}`
const upSubject = (id: string) => `site.up.${id}`
const downSubject = (id: string) => `site.down.${id}`

/** What one hub tells another of a socket: a frame, or its end. */
type Passed = { readonly text: string } | { readonly close: readonly [number, string] }

interface Opening {
  readonly id: string
  readonly knock: Knock
}

export interface SiteRelayParts {
  readonly bus: Bus
  readonly log: Log
  /** Of this hub. */
  readonly incarnation: string
  /** Whether some hub has the tenant or is about to: this one as well, which may be beginning or ending with it. */
  readonly isServed: (tenant: string) => boolean
  /** Incarnation of the hub that has a tenant now. */
  readonly ownerOf: (tenant: string) => string | undefined
  /** Lets in whoever another hub has passed on. */
  readonly admit: (socket: SiteSocket, knock: Knock) => void
}

/** Sockets of sites that reached a hub which has not their tenant: their frames go on to the one that has. */
export class SiteRelay {
  readonly #parts: SiteRelayParts

  /** Ends with the bus. */
  constructor(parts: SiteRelayParts) {
    this.#parts = parts
    parts.bus.answer(openSubject(parts.incarnation), (message) => this.#take(message as Opening))
  }

  /** False where there is no such tenant. */
  passOn(tenant: string, socket: SiteSocket, knock: Knock): boolean {
    const { bus, isServed } = this.#parts
    if (!isServed(tenant)) return false
    const id = randomBytes(12).toString('hex')
    const early: Passed[] = []
    let tell = (passed: Passed): void => {
      early.push(passed)
    }
    const down = bus.hear(downSubject(id), (message) => {
      const passed = message as Passed
      if ('text' in passed) return void socket.send(passed.text)
      down.end()
      socket.close(...passed.close)
    })
    socket.listen({
      heard: (text) => tell({ text }),
      ended: () => {
        down.end()
        tell({ close: [1000, 'ended'] })
      },
    })
    void this.#open(tenant, { id, knock }).then((taken) => {
      if (!taken) {
        down.end()
        refuse(socket)
        return
      }
      tell = (passed) => {
        try {
          bus.tell(upSubject(id), passed)
        } catch {
          // More than the bus carries: nobody has proved yet who says it.
          socket.close(1009, 'too much at once')
        }
      }
      for (const passed of early) tell(passed)
    })
    return true
  }

  /** Whether the hub that has the tenant took the socket; one that changes hands is waited for. */
  async #open(tenant: string, opening: Opening): Promise<boolean> {
    const { bus, isServed, log, ownerOf } = this.#parts
    const until = performance.now() + patienceMs
    for (;;) {
      const owner = ownerOf(tenant)
      try {
        if (owner) return (await bus.ask(openSubject(owner), opening, answerMs)) === true
      } catch (error) {
        const unheard = error instanceof BusFailure && (error.kind === 'nobody' || error.kind === 'away')
        if (!unheard) {
          log.warn('another hub did not take over the socket of a site', { tenant, error })
          return false
        }
      }
      if (performance.now() >= until || !isServed(tenant)) return false
      await wait(againMs)
    }
  }

  #take({ id, knock }: Opening): true {
    const { bus, admit } = this.#parts
    let listener: Parameters<SiteSocket['listen']>[0] | undefined
    const up = bus.hear(upSubject(id), (message) => {
      const passed = message as Passed
      if ('text' in passed) return void listener?.heard(passed.text)
      up.end()
      listener?.ended()
    })
    const socket: SiteSocket = {
      send: (text) => bus.tell(downSubject(id), { text }),
      close: (code, reason) => {
        up.end()
        bus.tell(downSubject(id), { close: [code, reason] })
      },
      listen: (next) => {
        listener = next
      },
    }
    // After the answer: whoever passed it on tells what came early first.
    setImmediate(() => admit(socket, { ...knock, relayed: true }))
    return true
  }
}

function refuse(socket: SiteSocket): void {
  const reason = 'The hub that has this tenant does not answer now. It is tried again.'
  const frame: HubFrame = { t: 'refused', code: 'later', reason }
  socket.send(JSON.stringify(frame))
  socket.close(1013, 'later')
}
