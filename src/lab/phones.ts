import type { Clock } from '../core/ports.ts'

export type LegState = 'ringing' | 'talking' | 'held' | 'ended'
export type EndReason =
  | 'hungUp'
  | 'doNotDisturb'
  | 'notRegistered'
  | 'removed'
  | 'answeredElsewhere'
  | 'transferred'
  | 'parked'

/** One phone of the lab's PBX. Snapshots: a change makes a new object. */
export interface Phone {
  readonly extension: string
  readonly displayName: string
  readonly mail?: string
  readonly registered: boolean
  readonly dnd: boolean
}

/** One phone's part in a call. An outbound leg in state `ringing` hears ringback. */
export interface Leg {
  readonly id: string
  readonly call: string
  readonly extension: string
  readonly direction: 'inbound' | 'outbound'
  /** `held` is said of the phone that pressed hold; the other end of an internal call stays `talking`. */
  readonly state: LegState
  readonly party: 'external' | 'internal'
  /** Number or extension of the other end. */
  readonly number: string
  /** Wall clock of the last change of state, milliseconds. */
  readonly since: number
  readonly ended?: EndReason
}

/**
 * An external call has one leg, an internal one a leg at each phone (one, when the other end is a service number). A
 * call that rings at a group has a leg at each of its phones; a parked one has none that is live.
 */
export interface Call {
  readonly id: string
  /** Wall clock, milliseconds. */
  readonly startedAt: number
  readonly legs: readonly Leg[]
}

/** Who set do not disturb: the person at the phone, or somebody over the PBX's own wire (AMI). */
export type DndOrigin = 'phone' | 'pbx'

export type PhoneChange =
  | { readonly type: 'added' | 'changed' | 'removed'; readonly phone: Phone }
  | { readonly type: 'registered'; readonly phone: Phone }
  | { readonly type: 'dnd'; readonly phone: Phone; readonly by: DndOrigin }
  | {
      readonly type: 'leg'
      readonly leg: Leg
      /** The call with this leg's new state; an ended call is reported once more and then forgotten. */
      readonly call: Call
      /** Absent for a new leg; the leg's own state where it has moved to another call. */
      readonly before?: LegState
    }

export interface CallRequest {
  readonly extension: string
  /** Seen from `extension`. Default outbound. */
  readonly direction?: 'inbound' | 'outbound'
  /** The other end: a number or an extension. Default for an external party: +14255550100. */
  readonly to?: string
  /** Default: internal when `to` is one of our extensions, else external. */
  readonly party?: 'external' | 'internal'
  /** Default true: the called side answers at once. */
  readonly answer?: boolean
}

/** `unknown`: no such extension. `conflict`: the phone cannot do that now. `invalid`: the request makes no sense. */
export class PhoneError extends Error {
  readonly code: 'unknown' | 'conflict' | 'invalid'

  constructor(code: 'unknown' | 'conflict' | 'invalid', message: string) {
    super(message)
    this.name = 'PhoneError'
    this.code = code
  }
}

const defaultNumber = '+14255550100'

/**
 * The PBX behind the lab's AMI and SIP emulators: phones, calls and do not disturb, without a wire. Both emulators
 * present this one model, and what comes in over AMI (a DND written by the hub) goes through it as well. Changes are
 * told to listeners synchronously, in order, after the model shows them; lookups of an unknown extension give
 * undefined, acts on one throw PhoneError.
 */
export class Phones {
  readonly #clock: Clock
  readonly #phones = new Map<string, Phone>()
  readonly #calls = new Map<string, Call>()
  readonly #callsOf = new Map<string, Set<string>>()
  readonly #listeners = new Set<(change: PhoneChange) => void>()
  #lastCall = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Returns how to stop listening. */
  on(listener: (change: PhoneChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** In the order they were added. */
  list(): readonly Phone[] {
    return [...this.#phones.values()]
  }

  phone(extension: string): Phone | undefined {
    return this.#phones.get(extension)
  }

  calls(): readonly Call[] {
    return [...this.#calls.values()]
  }

  call(id: string): Call | undefined {
    return this.#calls.get(id)
  }

  /** Live legs of a phone, oldest first. */
  legs(extension: string): readonly Leg[] {
    const found: Leg[] = []
    for (const id of this.#callsOf.get(extension) ?? []) {
      for (const leg of this.#calls.get(id)?.legs ?? []) {
        if (leg.extension === extension && leg.state !== 'ended') found.push(leg)
      }
    }
    return found
  }

  /** Adds a phone (registered, DND off), or changes its name and mail address. */
  put(phone: { extension: string; displayName: string; mail?: string }): Phone {
    const known = this.#phones.get(phone.extension)
    const next: Phone = { registered: true, dnd: false, ...known, ...phone }
    this.#phones.set(phone.extension, next)
    this.#tell({ type: known ? 'changed' : 'added', phone: next })
    return next
  }

  /** Ends its calls first. */
  remove(extension: string): void {
    const phone = this.#require(extension)
    this.#endAll(extension, 'removed')
    this.#phones.delete(extension)
    this.#callsOf.delete(extension)
    this.#tell({ type: 'removed', phone })
  }

  /** A phone that leaves loses its calls. Nothing is told when nothing changes. */
  setRegistered(extension: string, on: boolean): Phone {
    const phone = this.#require(extension)
    if (phone.registered === on) return phone
    if (!on) this.#endAll(extension, 'notRegistered')
    const next = { ...phone, registered: on }
    this.#phones.set(extension, next)
    this.#tell({ type: 'registered', phone: next })
    return next
  }

  /** Calls that are up stay up. Nothing is told when nothing changes. */
  setDnd(extension: string, on: boolean, by: DndOrigin = 'phone'): Phone {
    const phone = this.#require(extension)
    if (phone.dnd === on) return phone
    const next = { ...phone, dnd: on }
    this.#phones.set(extension, next)
    this.#tell({ type: 'dnd', phone: next, by })
    return next
  }

  /**
   * Starts a call. A called phone of ours that is in do not disturb or not registered refuses: it gets no leg, the
   * caller's leg is told as ringing and as ended, and the call comes back with every leg (perhaps none) ended.
   */
  start(request: CallRequest): Call {
    const { extension, direction = 'outbound', answer = true } = request
    const phone = this.#require(extension)
    const party = request.party ?? (request.to && this.#phones.has(request.to) ? 'internal' : 'external')
    const number = request.to ?? defaultNumber
    if (party === 'internal' && !request.to) {
      throw new PhoneError('invalid', `An internal call of ${extension} needs the other extension in "to".`)
    }
    if (number === extension) throw new PhoneError('invalid', `Extension ${extension} cannot call itself.`)
    const other = party === 'internal' ? this.#phones.get(number) : undefined
    const [caller, called] = direction === 'outbound' ? [phone, other] : [other, phone]
    if (caller && !caller.registered) {
      throw new PhoneError('conflict', `Extension ${caller.extension} is not registered and cannot call.`)
    }
    const id = this.#open()
    const callerNumber = direction === 'outbound' ? extension : number
    const calledNumber = direction === 'outbound' ? number : extension
    const refusal =
      called && (called.registered ? (called.dnd ? 'doNotDisturb' : undefined) : 'notRegistered')
    if (caller) this.#addLeg(id, caller.extension, { direction: 'outbound', party, number: calledNumber })
    if (called && !refusal) {
      this.#addLeg(id, called.extension, { direction: 'inbound', party, number: callerNumber })
    }
    if (refusal) return this.#end(id, refusal)
    if (answer) this.#answer(id)
    return this.#calls.get(id)!
  }

  /** Answers the oldest call that rings at the phone, or that it rings elsewhere. */
  answer(extension: string): Call {
    const own = this.#pick(extension, 'ringing', 'has no ringing call to answer')
    const called = this.#calls.get(own.call)!.legs.filter(({ direction }) => direction === 'inbound')
    if (called.filter(({ state }) => state === 'ringing').length < 2) return this.#answer(own.call)
    const call = this.#setLeg(own, 'talking')
    for (const leg of called) {
      if (leg.id !== own.id && leg.state === 'ringing') this.#setLeg(leg, 'ended', 'answeredElsewhere')
    }
    return this.#calls.get(call.id)!
  }

  /**
   * An external call that rings at several phones; whoever answers takes it. Phones in do not disturb or not
   * registered are passed over.
   */
  ring(extensions: readonly string[], number = defaultNumber): Call {
    if (extensions.length === 0) throw new PhoneError('invalid', 'A group needs at least one extension.')
    const called = extensions.map((extension) => this.#require(extension))
    const id = this.#open()
    for (const { extension, registered, dnd } of called) {
      if (!registered || dnd) continue
      this.#addLeg(id, extension, { direction: 'inbound', party: 'external', number })
    }
    const call = this.#calls.get(id)!
    return call.legs.length > 0 ? call : this.#end(id, 'notRegistered')
  }

  /**
   * Hands the phone's oldest external call on. Attended, where the phone talks to the other one already: that one goes
   * on with the external party. Blind otherwise: it rings there.
   */
  transfer(extension: string, to: string): Call {
    const leg = this.#pickExternal(extension, 'has no external call to transfer')
    const { number } = leg
    const consulted = this.legs(to).find((each) => each.number === extension && each.state === 'talking')
    if (!consulted) {
      const { registered, dnd } = this.#require(to)
      if (!registered || dnd) throw new PhoneError('conflict', `Extension ${to} takes no call now.`)
      this.#addLeg(leg.call, to, { direction: 'inbound', party: 'external', number })
      return this.#setLeg(leg, 'ended', 'transferred')
    }
    this.#move(consulted, leg)
    this.#setLeg(leg, 'ended', 'transferred')
    this.#end(consulted.call, 'transferred')
    return this.#calls.get(leg.call)!
  }

  /** The phone's oldest external call waits for whoever picks it up. */
  park(extension: string): Call {
    return this.#setLeg(this.#pickExternal(extension, 'has no external call to park'), 'ended', 'parked')
  }

  /** A phone takes a parked call, whoever has parked it. */
  pickUp(extension: string, id: string): Call {
    const parked = this.#calls.get(id)
    const [first] = parked?.legs ?? []
    if (!first || parked?.legs.some(({ state }) => state !== 'ended')) {
      throw new PhoneError('conflict', `There is no parked call ${id} for ${extension} to pick up.`)
    }
    const { party, number } = first
    this.#addLeg(id, this.#require(extension).extension, { direction: 'outbound', party, number })
    return this.#answer(id)
  }

  /** Holds the phone's oldest talking call, or resumes its oldest held one. */
  hold(extension: string, on: boolean): Call {
    const leg = on
      ? this.#pick(extension, 'talking', 'has no call to hold')
      : this.#pick(extension, 'held', 'has no held call to resume')
    return this.#setLeg(leg, on ? 'held' : 'talking')
  }

  /** Ends one call of the phone, or all of them. Returns the ended calls. */
  hangup(extension: string, call?: string): readonly Call[] {
    this.#require(extension)
    if (call === undefined) return this.#endAll(extension, 'hungUp')
    if (!this.#callsOf.get(extension)?.has(call)) {
      throw new PhoneError('conflict', `Extension ${extension} is not in ${call}.`)
    }
    return [this.#end(call, 'hungUp')]
  }

  #open(): string {
    this.#lastCall += 1
    const id = `call-${this.#lastCall}`
    this.#calls.set(id, { id, startedAt: this.#clock.wall(), legs: [] })
    return id
  }

  /** The leg goes on in the call of another one, with that one's other end. */
  #move(leg: Leg, { call: id, party, number }: Leg): void {
    const left = this.#calls.get(leg.call)!
    this.#calls.set(left.id, { ...left, legs: left.legs.filter((each) => each.id !== leg.id) })
    this.#callsOf.get(leg.extension)?.delete(left.id)
    const known = this.#calls.get(id)!
    const next: Leg = { ...leg, call: id, party, number }
    const call = { ...known, legs: [...known.legs, next] }
    this.#calls.set(id, call)
    this.#callsOf.get(leg.extension)?.add(id)
    this.#tell({ type: 'leg', leg: next, call, before: leg.state })
  }

  #answer(id: string): Call {
    for (const leg of this.#calls.get(id)!.legs) {
      if (leg.state === 'ringing') this.#setLeg(leg, 'talking')
    }
    return this.#calls.get(id)!
  }

  #endAll(extension: string, reason: EndReason): readonly Call[] {
    return [...(this.#callsOf.get(extension) ?? [])].map((id) => this.#end(id, reason))
  }

  #end(id: string, reason: EndReason): Call {
    let ended = this.#calls.get(id)!
    for (const leg of ended.legs) {
      if (leg.state !== 'ended') ended = this.#setLeg(leg, 'ended', reason)
    }
    this.#calls.delete(id)
    for (const leg of ended.legs) this.#callsOf.get(leg.extension)?.delete(id)
    return ended
  }

  #addLeg(call: string, extension: string, about: Pick<Leg, 'direction' | 'party' | 'number'>): void {
    const known = this.#calls.get(call)!
    const id = `${call}.${known.legs.length + 1}`
    const leg: Leg = { id, call, extension, state: 'ringing', since: this.#clock.wall(), ...about }
    const next = { ...known, legs: [...known.legs, leg] }
    this.#calls.set(call, next)
    const own = this.#callsOf.get(extension) ?? new Set()
    this.#callsOf.set(extension, own.add(call))
    this.#tell({ type: 'leg', leg, call: next })
  }

  #setLeg(leg: Leg, state: LegState, ended?: EndReason): Call {
    const known = this.#calls.get(leg.call)!
    const next: Leg = { ...leg, state, since: this.#clock.wall(), ...(ended && { ended }) }
    const call = { ...known, legs: known.legs.map((each) => (each.id === leg.id ? next : each)) }
    this.#calls.set(leg.call, call)
    const isIn = (each: Leg) => each.extension === leg.extension && each.state !== 'ended'
    if (!call.legs.some(isIn)) this.#callsOf.get(leg.extension)?.delete(leg.call)
    this.#tell({ type: 'leg', leg: next, call, before: leg.state })
    return call
  }

  #pick(extension: string, state: LegState, complaint: string): Leg {
    this.#require(extension)
    const leg = this.legs(extension).find((each) => each.state === state)
    if (!leg) throw new PhoneError('conflict', `Extension ${extension} ${complaint}.`)
    return leg
  }

  #pickExternal(extension: string, complaint: string): Leg {
    this.#require(extension)
    const isHere = ({ party, state }: Leg) => party === 'external' && state !== 'ringing'
    const leg = this.legs(extension).find(isHere)
    if (!leg) throw new PhoneError('conflict', `Extension ${extension} ${complaint}.`)
    return leg
  }

  #require(extension: string): Phone {
    const phone = this.#phones.get(extension)
    if (!phone) throw new PhoneError('unknown', `The lab has no phone with extension ${extension}.`)
    return phone
  }

  #tell(change: PhoneChange): void {
    for (const listener of [...this.#listeners]) listener(change)
  }
}
