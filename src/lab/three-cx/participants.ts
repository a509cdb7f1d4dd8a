import type { Leg, Phones } from '../phones.ts'

/** A leg as the Call Control API shows it. There is no hold: a held call stays Connected. */
export interface Participant {
  readonly id: number
  readonly status: string
  readonly dn: string
  readonly party_caller_name: string
  readonly party_dn: string
  readonly party_caller_id: string
  readonly party_did: string
  readonly device_id: string
  readonly party_dn_type: string
  readonly direct_control: boolean
  readonly originated_by_dn: string
  readonly originated_by_type: string
  readonly referred_by_dn: string
  readonly referred_by_type: string
  readonly on_behalf_of_dn: string
  readonly on_behalf_of_type: string
  readonly callid: number
  readonly legid: number
}

/** A call through a queue, by the call's id: the queue's number. */
export type QueueOf = (call: string) => string | undefined

const trunk = '10000'

/** Numbers legs, which the model names by words. */
export class Participants {
  readonly #phones: Phones
  readonly #ids = new Map<string, number>()
  #last = 0

  constructor(phones: Phones) {
    this.#phones = phones
  }

  idOf(leg: Leg): number {
    const known = this.#ids.get(leg.id)
    if (known !== undefined) return known
    this.#last += 1
    this.#ids.set(leg.id, this.#last)
    return this.#last
  }

  forget(leg: Leg): void {
    this.#ids.delete(leg.id)
  }

  of(extension: string, queueOf: QueueOf): readonly Participant[] {
    return this.#phones.legs(extension).map((leg) => this.#describe(leg, queueOf(leg.call)))
  }

  #describe(leg: Leg, queue: string | undefined): Participant {
    const outbound = leg.direction === 'outbound'
    const ringing = outbound ? 'Dialing' : 'Ringing'
    const external = leg.party === 'external'
    const other = external ? trunk : leg.number
    return {
      id: this.idOf(leg),
      status: leg.state === 'ringing' ? ringing : 'Connected',
      dn: leg.extension,
      party_caller_name: '',
      party_dn: other,
      party_caller_id: leg.number,
      party_did: '',
      device_id: `sip:${leg.extension}@127.0.0.1:5060`,
      party_dn_type: external ? 'Wexternalline' : 'Wextension',
      direct_control: false,
      originated_by_dn: outbound ? leg.extension : other,
      originated_by_type: outbound || !external ? 'Wextension' : 'Wexternalline',
      referred_by_dn: '',
      referred_by_type: 'None',
      on_behalf_of_dn: queue ?? '',
      on_behalf_of_type: queue ? 'Wqueue' : 'None',
      callid: Number(leg.call.replace(/\D/g, '')),
      legid: this.idOf(leg),
    }
  }
}
