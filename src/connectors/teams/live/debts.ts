import type { Finding } from '../../../core/connector.ts'
import type { Clock } from '../../../core/ports.ts'
import type { GraphReply } from '../graph.ts'
import { describeRefusal } from './reply-words.ts'

/** Something that a live check has made and must take back. */
export type Debt =
  | { readonly kind: 'session' | 'preferred'; readonly id: string }
  | { readonly kind: 'subscription'; readonly id: string }

const attempts = 5
/** Doubled each time, milliseconds. */
const againMs = 1_000

const remains: Readonly<Record<Debt['kind'], { readonly what: string; readonly fix: string }>> = {
  session: {
    what: 'What was set could not be taken away again; it ends by itself in five minutes',
    fix: 'Wait for five minutes.',
  },
  preferred: {
    what: 'The status could not be reset',
    fix: 'The person can do it in Teams: "Reset status" in the status menu.',
  },
  subscription: {
    what: 'The subscription could not be deleted; it ends by itself within the hour',
    fix: 'Wait for an hour.',
  },
}

/** How debts are paid. */
export interface Payer {
  readonly clock: Clock
  readonly findings: Finding[]
  clearSession(id: string): Promise<GraphReply>
  act(call: string, body: Readonly<Record<string, unknown>>, id: string): Promise<GraphReply>
  send(
    step: string,
    request: { readonly call: string; readonly method: 'DELETE'; readonly path: string },
  ): Promise<GraphReply>
}

/** What is owed at any moment of a live check. Noted before each write, for a write without an answer may have arrived. */
export class Debts {
  readonly #payer: Payer
  readonly #owed = new Map<string, Debt>()

  constructor(payer: Payer) {
    this.#payer = payer
  }

  owe(debt: Debt): void {
    this.#owed.set(`${debt.kind} ${debt.id}`, debt)
  }

  settle(debt: Debt): void {
    this.#owed.delete(`${debt.kind} ${debt.id}`)
  }

  /** Takes everything back, however the check ended, and insists; says what could not be. */
  async payAll(): Promise<void> {
    for (const debt of [...this.#owed.values()]) {
      for (let attempt = 1; attempt <= attempts && this.#isOwed(debt); attempt++) {
        if (attempt > 1)
          await new Promise<void>((wake) => this.#payer.clock.after(againMs * 2 ** (attempt - 2), wake))
        const reply = await this.#pay(debt)
        const last = attempt === attempts || reply.kind === 'refused'
        if (!this.#isOwed(debt) || !last) continue
        const { what, fix } = remains[debt.kind]
        this.#payer.findings.push({ level: 'error', text: `${what}: ${describeRefusal(reply)}.`, fix })
        break
      }
    }
  }

  #isOwed({ kind, id }: Debt): boolean {
    return this.#owed.has(`${kind} ${id}`)
  }

  async #pay(debt: Debt) {
    if (debt.kind === 'session') return await this.#payer.clearSession(debt.id)
    const path = `/subscriptions/${encodeURIComponent(debt.id)}`
    const reply =
      debt.kind === 'preferred'
        ? await this.#payer.act('clearUserPreferredPresence', {}, debt.id)
        : await this.#payer.send('delete the subscription', { call: 'subscriptions', method: 'DELETE', path })
    if (reply.kind === 'ok') this.settle(debt)
    return reply
  }
}
