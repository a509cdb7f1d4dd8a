import type { Clock } from '../../core/ports.ts'
import type { Agents } from './agents.ts'
import type { Bus } from './bus.ts'
import { labUserId } from './ids.ts'

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** The agents' browsers, each with the package's utility item: hears commands, picks statuses, tells what came of it. */
export class Consoles {
  readonly #clock: Clock
  readonly #agents: Agents
  readonly #bus: Bus

  constructor(clock: Clock, agents: Agents, bus: Bus) {
    this.#clock = clock
    this.#agents = agents
    this.#bus = bus
  }

  /** Opens or closes the console of a person; what stands in Omni-Channel stays. */
  set(upn: string, open: boolean): void {
    const id = labUserId(upn)
    if (open) this.#agents.closedConsoles.delete(id)
    else this.#agents.closedConsoles.add(id)
  }

  /** What consoles have shown, by user id. */
  readonly shown: { readonly userId: string; readonly text: string }[] = []

  command(fields: Readonly<Record<string, unknown>>): void {
    this.#bus.publish('/event/Hookswitch_Command__e', {
      ...{ CreatedDate: Math.round(this.#clock.wall()), CreatedById: labUserId('hookswitch') },
      ...{ Command_Id__c: null, User_Id__c: null, Status_Id__c: null, Until__c: null },
      ...{ Notice__c: null, Sign_Out__c: false, ...fields },
    })
    const userId = text(fields.User_Id__c)
    if (this.#agents.closedConsoles.has(userId)) return
    if (text(fields.Notice__c) !== '') {
      if (Date.parse(text(fields.Until__c)) >= this.#clock.wall()) {
        this.shown.push({ userId, text: text(fields.Notice__c) })
      }
      return
    }
    const reason = this.#carryOut(userId, fields)
    this.#bus.publish('/event/Hookswitch_Outcome__e', {
      ...{ CreatedDate: Math.round(this.#clock.wall()), CreatedById: userId },
      ...{ Command_Id__c: text(fields.Command_Id__c), User_Id__c: userId },
      ...{ Result__c: reason === undefined ? 'applied' : 'failed', Reason__c: reason ?? null },
    })
  }

  #carryOut(userId: string, fields: Readonly<Record<string, unknown>>): string | undefined {
    if (Date.parse(text(fields.Until__c)) < this.#clock.wall()) return 'expired'
    if (fields.Sign_Out__c === true) {
      this.#agents.change(userId, undefined)
      return undefined
    }
    if (!this.#agents.row(userId)) return 'signed-out'
    // The toolkit takes and gives ids of 15 characters.
    const wanted = text(fields.Status_Id__c).slice(0, 15)
    const status = this.#agents.statuses.find(({ id }) => id.startsWith(wanted))
    if (!status) return 'refused'
    this.#agents.change(userId, status)
    return undefined
  }
}
