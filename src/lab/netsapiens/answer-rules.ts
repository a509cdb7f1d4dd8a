import type { Clock, Timer } from '../../core/ports.ts'
import type { Phones } from '../phones.ts'

type Member = Readonly<Record<string, unknown>>

/** One answer rule as the API shows it, without the fields that belong to the user. */
export interface AnswerRule {
  readonly frame: string
  /** Everything that a PUT can replace. */
  readonly body: Member
}

/** What a new user has: two time frames, each with a rule whose other features must survive a write. */
const frames = ['Business hours', '*'] as const

function freshBody(frame: string): Member {
  return {
    enabled: 'yes',
    'simultaneous-ring': { enabled: 'yes', parameters: ['<OwnDevices>'] },
    'do-not-disturb': { enabled: 'no' },
    'forward-always': { enabled: 'no', parameters: [] },
    'forward-no-answer': { enabled: 'yes', parameters: frame === '*' ? ['vmail_main'] : ['queue_200'] },
    'call-screening': { enabled: 'no' },
  }
}

const isOn = ({ body }: AnswerRule) => (body['do-not-disturb'] as Member | undefined)?.enabled === 'yes'

/** Answer rules of every phone. Do not disturb of the active one is the phone's. */
export class AnswerRules {
  readonly #clock: Clock
  readonly #phones: Phones
  readonly #rules = new Map<string, AnswerRule[]>()
  readonly #active = new Map<string, string>()
  readonly #timers = new Set<Timer>()
  readonly #stopListening: () => void

  constructor(clock: Clock, phones: Phones) {
    this.#clock = clock
    this.#phones = phones
    this.#stopListening = phones.on((change) => {
      if (change.type === 'removed') this.#rules.delete(change.phone.extension)
      else if (change.type === 'dnd' && change.by === 'phone') {
        this.#setDnd(change.phone.extension, this.active(change.phone.extension), change.phone.dnd)
      }
    })
  }

  stop(): void {
    this.#stopListening()
    for (const timer of this.#timers) timer.cancel()
  }

  list(extension: string): readonly AnswerRule[] {
    let rules = this.#rules.get(extension)
    if (!rules) {
      rules = frames.map((frame) => ({ frame, body: freshBody(frame) }))
      this.#rules.set(extension, rules)
      if (this.#phones.phone(extension)?.dnd) this.#setDnd(extension, this.active(extension), true)
      rules = this.#rules.get(extension)!
    }
    return rules
  }

  /** The time frame whose rule is in force. */
  active(extension: string): string {
    return this.#active.get(extension) ?? frames[0]
  }

  /** The timetable moves on: another rule is in force, with its own do not disturb. */
  activate(extension: string, frame: string): void {
    this.#active.set(extension, frame)
    this.#show(extension)
  }

  isOn(extension: string, frame: string): boolean {
    const rule = this.list(extension).find((each) => each.frame === frame)
    return rule !== undefined && isOn(rule)
  }

  /** Sets do not disturb in one time frame, as a timetable kept by hand has it. */
  preset(extension: string, frame: string, on: boolean): void {
    this.#setDnd(extension, frame, on)
    this.#show(extension)
  }

  /** Replaces the whole rule; what is left out is gone. False for a time frame without a rule. */
  replace(extension: string, rule: AnswerRule, lagMs: number): boolean {
    if (!this.list(extension).some(({ frame }) => frame === rule.frame)) return false
    const put = () => {
      this.#put(extension, rule)
      this.#show(extension)
    }
    if (lagMs <= 0) put()
    else {
      const timer = this.#clock.after(lagMs, () => {
        this.#timers.delete(timer)
        put()
      })
      this.#timers.add(timer)
    }
    return true
  }

  #setDnd(extension: string, frame: string, on: boolean): void {
    const rule = this.list(extension).find((each) => each.frame === frame)
    if (!rule) return
    this.#put(extension, {
      frame,
      body: { ...rule.body, 'do-not-disturb': { enabled: on ? 'yes' : 'no' } },
    })
  }

  #put(extension: string, rule: AnswerRule): void {
    const rules = this.list(extension)
    this.#rules.set(
      extension,
      rules.map((each) => (each.frame === rule.frame ? rule : each)),
    )
  }

  #show(extension: string): void {
    if (!this.#phones.phone(extension)) return
    this.#phones.setDnd(extension, this.isOn(extension, this.active(extension)), 'pbx')
  }
}
