import { type AmiMessage, header, own } from './frames.ts'

/** Somebody's place in one queue. */
export interface QueueMember {
  readonly queue: string
  /** `PJSIP/1001`, `Local/1001@from-queue/n`: by this name the queue knows them. */
  readonly interface: string
  readonly extension: string
  readonly paused: boolean
  /** Why, as told with the pause; from Asterisk 13 on. */
  readonly reason: string
}

/** The extension in a member's interface: FreePBX dials `Local/1001@from-queue/n`, a plain queue the phone itself. */
export function extensionOf(name: string): string | undefined {
  return /^(?:Local|PJSIP|SIP|IAX2|SCCP|DAHDI)\/([^@/-]+)/i.exec(name)?.[1]
}

/** An item of QueueStatus or a live QueueMember event; undefined for a member that is no extension. */
export function readMember(message: AmiMessage): QueueMember | undefined {
  const queue = header(message, 'queue')
  const name = header(message, 'interface') ?? header(message, 'location')
  const extension =
    extensionOf(name ?? '') ??
    extensionOf((header(message, 'stateinterface') ?? '').replace(/^hint:/, 'Local/'))
  if (!queue || !name || !extension) return undefined
  return {
    queue: own(queue),
    interface: own(name),
    extension: own(extension),
    paused: header(message, 'paused') === '1',
    reason: own(header(message, 'pausedreason') ?? header(message, 'reason') ?? ''),
  }
}

/** Live events that tell of one member (app_queue.c; QueueMemberPaused is what Asterisk 11 and before said). */
const memberEvents = ['QueueMemberAdded', 'QueueMemberStatus', 'QueueMemberPause', 'QueueMemberPaused']

/** Who is in which queue, by extension. */
export class QueueMembers {
  #members = new Map<string, QueueMember>()

  replace(members: readonly QueueMember[]): void {
    this.#members = new Map(members.map((member) => [keyOf(member), member]))
  }

  /** Takes a live event; the extension for which something has changed. */
  take(message: AmiMessage): string | undefined {
    const removed = message.name === 'QueueMemberRemoved'
    if (!removed && !memberEvents.includes(message.name)) return undefined
    const member = readMember(message)
    if (!member) return undefined
    const key = keyOf(member)
    const known = this.#members.get(key)
    if (removed) this.#members.delete(key)
    else this.#members.set(key, member)
    const same = !removed && known?.paused === member.paused && known.reason === member.reason
    return same ? undefined : member.extension
  }

  of(extension: string): readonly QueueMember[] {
    return [...this.#members.values()].filter((member) => member.extension === extension)
  }

  /** Whether every queue passes them over; undefined for who is in none. */
  paused(extension: string): boolean | undefined {
    const places = this.of(extension)
    return places.length === 0 ? undefined : places.every(({ paused }) => paused)
  }

  get extensions(): readonly string[] {
    return [...new Set([...this.#members.values()].map(({ extension }) => extension))]
  }
}

function keyOf(member: QueueMember): string {
  return `${member.queue}\n${member.interface}`
}
