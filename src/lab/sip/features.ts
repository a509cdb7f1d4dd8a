import type { Phone } from '../phones.ts'

/** Feature key synchronization as BroadWorks and OpenSIPS' presence_dfks describe it, with documents of CSTA (ECMA-323). */
export const featureEvent = 'as-feature-event'
export const featureType = 'application/x-as-feature-event+xml'
const csta = 'http://www.ecma-international.org/standards/ecma-323/csta/ed3'
const boundary = 'lab-features'

/** A body with its Content-Type. */
export interface Document {
  readonly type: string
  readonly body: string
}

const dndEvent = ({ extension, dnd }: Phone) =>
  `<?xml version="1.0" encoding="ISO-8859-1"?>\r\n<DoNotDisturbEvent xmlns="${csta}">` +
  `<device>${extension}</device><doNotDisturbOn>${dnd}</doNotDisturbOn></DoNotDisturbEvent>\r\n`

const forwardingEvent = ({ extension }: Phone) =>
  `<?xml version="1.0" encoding="ISO-8859-1"?>\r\n<ForwardingEvent xmlns="${csta}"><device>${extension}</device>` +
  '<forwardingType>forwardImmediate</forwardingType><forwardStatus>false</forwardStatus><forwardTo/></ForwardingEvent>\r\n'

/** Do not disturb alone, as a change of it is told. */
export function describeDnd(phone: Phone): Document {
  return { type: featureType, body: dndEvent(phone) }
}

/** Every feature, as the answer to a subscription tells them: several documents in one body. */
export function describeFeatures(phone: Phone): Document {
  const part = (text: string) => `--${boundary}\r\nContent-Type: ${featureType}\r\n\r\n${text}\r\n`
  const body = `${part(forwardingEvent(phone))}${part(dndEvent(phone))}--${boundary}--\r\n`
  return { type: `multipart/mixed;boundary=${boundary}`, body }
}

/** The do not disturb that a SUBSCRIBE asks for; undefined where it asks for none. */
export function readSetDnd(body: string): boolean | undefined {
  if (!/<(?:\w+:)?SetDoNotDisturb\b/.test(body)) return undefined
  const word = /<(?:\w+:)?doNotDisturbOn>\s*(true|false|1|0)\s*</.exec(body)?.[1]
  return word === undefined ? undefined : word === 'true' || word === '1'
}
