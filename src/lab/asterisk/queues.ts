import type { Headers } from './wire.ts'

interface Place {
  readonly queue: string
  readonly extension: string
  paused: boolean
  reason: string
}

/** The queues of the lab's PBX: members as FreePBX has them, and their pauses (app_queue.c of Asterisk 22). */
export class LabQueues {
  readonly #say: (name: string, headers: Headers) => void
  #places: Place[] = []

  constructor(say: (name: string, headers: Headers) => void) {
    this.#say = say
  }

  /** Once is enough. */
  join(queue: string, extension: string): void {
    if (this.#places.some((one) => one.queue === queue && one.extension === extension)) return
    const place = { queue, extension, paused: false, reason: '' }
    this.#places.push(place)
    this.#say('QueueMemberAdded', describe(place))
  }

  leave(queue: string, extension: string): void {
    const [gone] = this.#places.filter((one) => one.queue === queue && one.extension === extension)
    if (!gone) return
    this.#places = this.#places.filter((one) => one !== gone)
    this.#say('QueueMemberRemoved', describe(gone))
  }

  /** In one queue, or in all; false when nobody there has this interface. */
  pause(
    name: string,
    on: boolean,
    at: { readonly queue?: string | undefined; readonly reason: string },
  ): boolean {
    const places = this.#places.filter(
      (one) => interfaceOf(one) === name && (at.queue === undefined || one.queue === at.queue),
    )
    for (const place of places) {
      place.paused = on
      place.reason = on ? at.reason : ''
      this.#say('QueueMemberPause', describe(place))
    }
    return places.length > 0
  }

  list(): readonly (readonly [event: string, Headers])[] {
    const queues = [...new Set(this.#places.map(({ queue }) => queue))]
    return queues.flatMap((queue) => [
      ['QueueParams', [['Queue', queue]]] as const,
      ...this.#places
        .filter((place) => place.queue === queue)
        .map((place) => ['QueueMember', renamed(describe(place))] as const),
    ])
  }
}

/** How FreePBX adds an extension to a queue. */
export function interfaceOf({ extension }: { readonly extension: string }): string {
  return `Local/${extension}@from-queue/n`
}

function describe(place: Place): Headers {
  return [
    ['Queue', place.queue],
    ['MemberName', `Extension ${place.extension}`],
    ['Interface', interfaceOf(place)],
    ['StateInterface', `hint:${place.extension}@ext-local`],
    ['Membership', 'dynamic'],
    ['Penalty', 0],
    ['CallsTaken', 0],
    ['InCall', 0],
    ['Status', 1],
    ['Paused', place.paused ? 1 : 0],
    ['PausedReason', place.reason],
  ]
}

/** The list calls two headers by other names than the live events do. */
function renamed(headers: Headers): Headers {
  const names: Readonly<Record<string, string>> = { MemberName: 'Name', Interface: 'Location' }
  return headers.map(([name, value]) => [names[name] ?? name, value] as const)
}
