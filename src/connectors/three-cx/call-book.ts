import type { MonitoredDn, Participant } from './participants.ts'

interface Asked {
  readonly dn: string
  readonly id: string
  readonly participant: Participant | undefined
}

export interface CallBookPort {
  /** `gone`: it has ended meanwhile. `failed`: it could not be read. */
  read(dn: string, id: string): Promise<Participant | 'gone' | 'failed'>
  /** Something at this extension is different. */
  changed(dn: string): void
  /** Something could not be read: everything should be. */
  failed(): void
}

/**
 * Who is in which call, put in order: an answer is believed only if nothing was said of its participant after the
 * question, and a reading of everything only where no event came after it began.
 */
export class CallBook {
  readonly #port: CallBookPort
  readonly #dns = new Map<string, Map<string, Participant>>()
  /** Questions under way, and what was said of their participant meanwhile. */
  readonly #asking = new Map<string, 'asked' | 'changed' | 'removed'>()
  /** What was said while everything is being read. */
  #meanwhile: (() => void)[] | undefined

  constructor(port: CallBookPort) {
    this.#port = port
  }

  /** Whether the PBX tells of this extension at all. */
  knows(dn: string): boolean {
    return this.#dns.has(dn)
  }

  of(dn: string): readonly Participant[] {
    return [...(this.#dns.get(dn)?.values() ?? [])]
  }

  /** A participant was added or changed. */
  ask({ dn, id, participant }: Asked): void {
    const key = keyOf(dn, id)
    const asking = this.#asking.has(key)
    if (asking) this.#asking.set(key, 'changed')
    this.#inOrder(() => {
      if (participant) this.#put(dn, participant)
      else if (!asking && !this.#asking.has(key)) void this.#question(dn, id)
    })
  }

  remove(dn: string, id: string): void {
    const key = keyOf(dn, id)
    if (this.#asking.has(key)) this.#asking.set(key, 'removed')
    this.#inOrder(() => {
      if (this.#dns.get(dn)?.delete(id)) this.#port.changed(dn)
    })
  }

  /** From here on events wait. */
  beginReading(): void {
    this.#meanwhile ??= []
  }

  /** Everything as it was read, or undefined where it could not be; then what was said meanwhile. */
  endReading(dns: readonly MonitoredDn[] | undefined): void {
    if (dns) {
      this.#dns.clear()
      for (const { dn, participants } of dns) {
        this.#dns.set(dn, new Map(participants.map((each) => [each.id, each])))
      }
    }
    const meanwhile = this.#meanwhile ?? []
    this.#meanwhile = undefined
    for (const say of meanwhile) say()
  }

  /** Now, or after the reading that is under way. */
  #inOrder(say: () => void): void {
    if (this.#meanwhile) this.#meanwhile.push(say)
    else say()
  }

  #put(dn: string, participant: Participant): void {
    const known = this.#dns.get(dn) ?? new Map<string, Participant>()
    this.#dns.set(dn, known.set(participant.id, participant))
    this.#port.changed(dn)
  }

  async #question(dn: string, id: string): Promise<void> {
    const key = keyOf(dn, id)
    for (;;) {
      this.#asking.set(key, 'asked')
      const answer = await this.#port.read(dn, id)
      const said = this.#asking.get(key)
      if (said === 'changed') continue
      this.#asking.delete(key)
      if (said === 'removed') return
      if (answer === 'failed') this.#port.failed()
      else if (answer === 'gone') this.remove(dn, id)
      else this.#inOrder(() => this.#put(dn, answer))
      return
    }
  }
}

const keyOf = (dn: string, id: string) => `${dn}\n${id}`
