import { randomUUID } from 'node:crypto'
import type { ConnectorContext } from '../../core/connector.ts'
import { textOf } from '../kit/http.ts'
import type { Api, Reply } from './api.ts'

/** Names of the package in salesforce/. */
export const commandEvent = 'Hookswitch_Command__e'
export const outcomeTopic = '/event/Hookswitch_Outcome__e'

/** What the agent's console says of a command. */
export type Answer =
  | { readonly kind: 'applied' }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Nobody has carried it out, and nobody will any more. */
  | { readonly kind: 'silence' }
  /** It was not sent, or it is not known whether. */
  | { readonly kind: 'unsent'; readonly reply: Exclude<Reply, { kind: 'ok' }> }

export interface Command {
  readonly userId: string
  /** Of the status to be set; undefined asks for a logout from Omni-Channel. */
  readonly statusId: string | undefined
  readonly withdraws: boolean
}

const patienceMs = 2_000
const timeoutMs = 4_000

/** Asks the console of an agent to change their status, and waits for what it says. */
export class Commands {
  readonly #api: Api
  readonly #context: ConnectorContext
  readonly #confirmMs: number
  readonly #waiting = new Map<string, (answer: Answer) => void>()

  constructor(api: Api, context: ConnectorContext, confirmMs: number) {
    this.#api = api
    this.#context = context
    this.#confirmMs = confirmMs
  }

  /** The outcome events of one batch. */
  hear(events: readonly Readonly<Record<string, unknown>>[]): void {
    for (const { Command_Id__c, Result__c, Reason__c } of events) {
      const answer = this.#waiting.get(textOf(Command_Id__c) ?? '')
      if (Result__c === 'applied') answer?.({ kind: 'applied' })
      else answer?.({ kind: 'failed', reason: textOf(Reason__c) ?? 'unknown' })
    }
  }

  /** Never rejects. */
  async send({ userId, statusId, withdraws }: Command): Promise<Answer> {
    const { clock } = this.#context
    // A console that hears of it later must leave it: somebody may have decided otherwise by then.
    const until = clock.wall() + this.#confirmMs
    const id = randomUUID()
    const { promise, resolve } = Promise.withResolvers<Answer>()
    this.#waiting.set(id, resolve)
    const timer = clock.after(this.#confirmMs, () => resolve({ kind: 'silence' }))
    try {
      const reply = await this.#api.send({
        ...{ priority: withdraws ? 'withdraw' : 'write', method: 'POST', patienceMs, timeoutMs },
        path: `sobjects/${commandEvent}`,
        body: {
          ...{ Command_Id__c: id, User_Id__c: userId },
          // Only then the field of the logout: an older package, which has none, goes on setting statuses.
          ...(statusId === undefined ? { Sign_Out__c: true } : { Status_Id__c: statusId }),
          Until__c: new Date(until).toISOString(),
        },
      })
      return reply.kind === 'ok' ? await promise : { kind: 'unsent', reply }
    } finally {
      timer.cancel()
      this.#waiting.delete(id)
    }
  }

  /** Has the agent's console show a text. Nobody waits for it; a console that hears of it later leaves it. Never rejects. */
  async show(userId: string, text: string): Promise<void> {
    const { clock, log } = this.#context
    const reply = await this.#api.send({
      ...{ priority: 'write', method: 'POST', patienceMs, timeoutMs },
      path: `sobjects/${commandEvent}`,
      body: {
        ...{ Command_Id__c: randomUUID(), User_Id__c: userId, Notice__c: text },
        Until__c: new Date(clock.wall() + this.#confirmMs).toISOString(),
      },
    })
    if (reply.kind !== 'ok')
      log.info('an agent could not be told that they have signed out', { why: reply.kind })
  }

  /** Nobody waits any longer. */
  stop(): void {
    for (const answer of this.#waiting.values()) answer({ kind: 'silence' })
  }
}
