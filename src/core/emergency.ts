import type { CallBack, Leg, Point, Presentity } from './presentity.ts'
import type { EmergencySettings } from './ring-settings.ts'

/** What noticing an emergency call needs to know; `now` in hub time. */
export interface EmergencyInput {
  readonly now: number
  readonly settings: EmergencySettings
  readonly isPhone: (point: Point) => boolean
  /** True for a number that is somebody's extension there: 110 may be a colleague. */
  readonly isExtension: (connector: string, number: string) => boolean
}

/** While a call lasts, its end is foreseen anew only when it moved by this much: each change is written to disk. */
const stepMs = 60_000

/**
 * Looks at the calls of a person's phones and notes until when help may call back; true when that changed. The note
 * outlasts the call, its legs and a restart.
 */
export function noteEmergencyCalls(presentity: Presentity, input: EmergencyInput): boolean {
  const { now, settings, isPhone } = input
  const known = presentity.callBack
  let next = known && known.until > now ? known : undefined
  if (settings.callBackMs > 0) {
    for (const point of presentity.points) {
      if (point.legs.length === 0 || !isPhone(point)) continue
      for (const leg of point.legs) {
        if (isEmergencyCall(leg, point, input)) next = prolong(next, { leg, point, input })
      }
    }
  }
  if (next === known) return false
  presentity.callBack = next
  return true
}

function prolong(
  known: CallBack | undefined,
  { leg, point, input }: { leg: Leg; point: Point; input: EmergencyInput },
): CallBack | undefined {
  const { now, settings } = input
  const until = (leg.endedAt ?? now) + settings.callBackMs
  if (until <= now) return known
  const step = leg.endedAt === undefined ? stepMs : 0
  if (known && until - known.until <= step) return known
  const { connector, address } = point
  return { connector, address, at: leg.since, until }
}

function isEmergencyCall(leg: Leg, { connector }: Point, { settings, isExtension }: EmergencyInput): boolean {
  if (leg.direction === 'inbound' || leg.evidence !== 'call' || leg.remote === undefined) return false
  const number = leg.remote.replace(/[^\d]/g, '')
  if (number === '' || isExtension(connector, number)) return false
  if (settings.numbers.includes(number)) return true
  // With a digit for an outside line before it, it could as well be an extension of four digits.
  if (leg.party !== 'external') return false
  return settings.outsideLine.some(
    (prefix) => number.startsWith(prefix) && settings.numbers.includes(number.slice(prefix.length)),
  )
}

/** Until when nothing of ours may silence the person's phones; undefined when nobody waits for a call back. */
export function callBackUntil(presentity: Presentity, now: number): number | undefined {
  const until = presentity.callBack?.until
  return until !== undefined && until > now ? until : undefined
}

/** `14:05 UTC`, for people. */
export function clockText(at: number): string {
  const minutes = Math.floor(at / 60_000) % 1440
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)} UTC`
}
