import type { Settings } from './config.ts'
import type { Api } from './dnd.ts'

/** Busy lamps that stand for something FreeSWITCH does not know by itself: a call elsewhere, or do not disturb. */
export class Lamps {
  readonly #settings: Pick<Settings, 'domain' | 'sipProfile' | 'lamps'>
  /** Users with a call elsewhere, and when that runs out unless it is said again; monotonic milliseconds. */
  readonly #calls = new Map<string, number>()
  readonly #lit = new Set<string>()

  constructor(settings: Pick<Settings, 'domain' | 'sipProfile' | 'lamps'>) {
    this.#settings = settings
  }

  /** Until when a call elsewhere is to be shown; undefined takes it back. */
  wantCall(user: string, until: number | undefined): void {
    if (until === undefined) this.#calls.delete(user)
    else this.#calls.set(user, until)
  }

  /** Whose lamps may have to be told again: phones that have subscribed since show what is really there. */
  users(): readonly string[] {
    return [...new Set([...this.#calls.keys(), ...this.#lit])]
  }

  /** Whether something was lit here by us. */
  isLit(user: string): boolean {
    return this.#lit.has(user)
  }

  /** Shows what is wanted by now, even where it was shown before. Throws EslRefusal, EslSilence. */
  async show(api: Api, user: string, at: { readonly dnd: boolean; readonly now: number }): Promise<void> {
    if (!this.#settings.lamps) return
    const call = (this.#calls.get(user) ?? Number.NEGATIVE_INFINITY) > at.now
    if (!call) this.#calls.delete(user)
    if (!call && !at.dnd && !this.#lit.has(user)) return
    await api.sendEvent('PRESENCE_IN', this.#event(user, { call, dnd: at.dnd }))
    if (call || at.dnd) this.#lit.add(user)
    else this.#lit.delete(user)
  }

  /** Darkens the lamp whether or not we know of having lit it: what a former process did is not known. */
  async darken(api: Api, user: string): Promise<void> {
    await api.sendEvent('PRESENCE_IN', this.#event(user, { call: false, dnd: false }))
    this.#lit.delete(user)
  }

  /** sofia_presence.c takes an event without unique-id for one that has no channel; with a strange one, for a hang-up. */
  #event(user: string, { call, dnd }: { readonly call: boolean; readonly dnd: boolean }) {
    const { domain, sipProfile } = this.#settings
    const lit = call || dnd
    return {
      ...{ proto: 'sip', from: `${user}@${domain}`, login: sipProfile },
      ...{ event_type: 'presence', alt_event_type: 'dialog' },
      ...{ 'Presence-Call-Direction': 'outbound', 'answer-state': lit ? 'confirmed' : 'terminated' },
      rpid: call ? 'on-the-phone' : dnd ? 'busy' : 'unknown',
      status: call ? 'On the phone' : dnd ? 'Do not disturb' : 'Available',
    }
  }
}
