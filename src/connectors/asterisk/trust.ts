import type { AmiMessage } from './frames.ts'

/**
 * Which live events are believed.
 *
 * PresenceStatus prints a person's message raw (recorded, Asterisk 22), so a message with CR LF in it puts events of
 * the person's choosing into our stream, complete with Privilege and Timestamp. Nothing inside such an event tells it
 * from a real one, and neither its length nor its end can be known. What cannot be made up is an answer that bears an
 * id of ours: ids are unguessable, and one event is written in one piece. So a PresenceStatus closes the gate, a Ping
 * is sent, and until its answer arrives no live event is believed. If any was turned away meanwhile, everything is
 * asked again, because some of them may have been real.
 */
export class TrustGate {
  readonly #options: { prove(): Promise<void>; doubt(): void }
  #closed = false
  #turnedAway = 0

  constructor(options: { prove(): Promise<void>; doubt(): void }) {
    this.#options = options
  }

  admits(message: AmiMessage): boolean {
    if (this.#closed) {
      this.#turnedAway += 1
      return false
    }
    if (message.name !== 'PresenceStatus') return true
    this.#closed = true
    this.#turnedAway = 0
    void this.#options.prove().then(
      () => this.#open(),
      // No answer: the connection is gone, or the next heartbeat ends it. Until then nothing is believed.
      () => {},
    )
    return false
  }

  #open(): void {
    this.#closed = false
    if (this.#turnedAway > 0) this.#options.doubt()
  }
}
