import { type Element, findAll, parseXml } from '../kit/sip/xml.ts'
import type { StrangeWord } from '../kit/unknown-values.ts'
import { ownId } from './presence-document.ts'

/** What a presence document says (RFC 3863 with RFC 4480), as far as it is used. */
export interface Pidf {
  /** `open` if any tuple is; undefined when none has a basic status. */
  readonly basic: 'open' | 'closed' | undefined
  readonly onThePhone: boolean
  /** Words that are none of RFC 3863. */
  readonly strange: readonly StrangeWord[]
}

const known = ['open', 'closed'] as const

/**
 * Reads application/pidf+xml. Undefined when it is not such a document. A server mixes what was published into one
 * document; what a hub had published is left out, since it is nothing that the phone says.
 */
export function parsePidf(text: string): Pidf | undefined {
  const whole = parseXml(text)
  if (whole?.name !== 'presence') return undefined
  const root = { ...whole, children: whole.children.filter((each) => !isOurs(each)) }
  const basics = findAll(root, 'basic').map((each) => each.text.trim().toLowerCase())
  const basic = known.find((each) => basics.includes(each))
  const strange = basics
    .filter((word) => word !== '' && !known.some((each) => each === word))
    .map((value) => ({ field: 'basic status', value, takenAs: 'not told' }))
  return { basic, onThePhone: findAll(root, 'activities').some(saysOnThePhone), strange }
}

function isOurs({ attributes }: Element): boolean {
  return attributes.get('id')?.startsWith(ownId) === true
}

/** By its local name: the prefix and even the namespace of RPID vary (`urn:ietf:params:xml:ns:pidf:rpid:rpid-person`). */
function saysOnThePhone(activities: Parameters<typeof findAll>[0]): boolean {
  return (
    findAll(activities, 'on-the-phone').length > 0 ||
    findAll(activities, 'activity').some((each) => each.text.trim().toLowerCase() === 'on-the-phone')
  )
}
