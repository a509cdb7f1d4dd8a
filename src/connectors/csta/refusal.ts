import type { Outcome } from '../../core/connector.ts'
import type { Element } from '../kit/sip/xml.ts'

/** The system answered CSTAErrorCode (ECMA-323 universal failure): it did not do what was asked for. */
export class CstaRefusal extends Error {
  /** `operation`, `security`, `systemResource` ... as the system writes it. */
  readonly category: string
  /** `invalidDeviceID`, `resourceBusy` ...; empty where the system tells no more than the category. */
  readonly code: string

  constructor(service: string, category: string, code: string) {
    super(`${service}: ${[category, code].filter((word) => word !== '').join(', ')}`)
    this.name = 'CstaRefusal'
    this.category = category
    this.code = code
  }
}

/** The answer did not come: the connection went, or the system was silent. What was asked for may have been done. */
export class CstaSilence extends Error {
  constructor(service: string, reason: string) {
    super(`${service}: ${reason}`)
    this.name = 'CstaSilence'
  }
}

/** An answer came that is none to this request. What was asked for may have been done. */
export class StrangeAnswer extends Error {
  constructor(service: string, what: string) {
    super(`${service}: ${what}`)
    this.name = 'StrangeAnswer'
  }
}

/** Reads `<CSTAErrorCode><operation>invalidDeviceID</operation></CSTAErrorCode>` and what comes close to it. */
export function refusalOf(service: string, error: Element): CstaRefusal {
  const first = error.children[0]
  if (!first) return new CstaRefusal(service, 'refused', error.text.trim())
  const inner = first.children[0]
  return new CstaRefusal(service, first.name, inner ? inner.name : first.text.trim())
}

export type RefusalKind =
  | 'unknownDevice'
  | 'unsupported'
  | 'denied'
  | 'limit'
  | 'busy'
  | 'outOfService'
  | 'other'

/** By the error values of ECMA-269 12.2.14; systems of older editions leave parts of the words out. */
const kinds: readonly (readonly [RegExp, RefusalKind])[] = [
  [/outOfService/i, 'outOfService'],
  [/notSupported|unsupported|serviceNotAvailable|invalidFeature|unrecognizedOperation/i, 'unsupported'],
  [
    /invalid(CSTA)?(Device|Object|MonitorObject|Called|SnapshotObject)|objectNotKnown|unknownDevice/i,
    'unknownDevice',
  ],
  [/MonitorLimit|RegistrationLimit|licen[cs]e|trunkLimit/i, 'limit'],
  [/busy|outstandingReq|performance|overload|resourceLimit/i, 'busy'],
  [/security|privilege|denied|forbidden|notAuthori[sz]ed|notPermitted/i, 'denied'],
]

export function kindOf({ category, code }: CstaRefusal): RefusalKind {
  const words = `${category} ${code}`
  return kinds.find(([pattern]) => pattern.test(words))?.[1] ?? 'other'
}

/** So long a system that is overloaded is left alone, milliseconds: CSTA has no word for how long it wants. */
const busyMs = 5_000

/** What becomes of a publication that ended so; a refusal says that nothing was done. */
export function outcomeOf(error: unknown, extension: string): Outcome {
  if (!(error instanceof CstaRefusal)) return { kind: 'failed', reason: String(error) }
  const reason = error.message
  switch (kindOf(error)) {
    case 'busy':
      return { kind: 'deferred', reason, retryAfterMs: busyMs }
    case 'outOfService':
      return { kind: 'deferred', reason: `${reason} (${extension} is out of service)`, retryAfterMs: 60_000 }
    case 'unknownDevice':
      return { kind: 'rejected', reason, fix: `Correct the extension ${extension} of this person.` }
    case 'unsupported':
      return { kind: 'rejected', reason, fix: 'Set writeDnd: false: this system offers no do not disturb.' }
    case 'denied':
    case 'limit':
      return { kind: 'rejected', reason, fix: 'Give this user the right to set features of the extension.' }
    case 'other':
      return { kind: 'failed', reason }
  }
}
