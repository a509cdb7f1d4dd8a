import { parseWord } from './header-values.ts'
import { type Element, parseXml } from './xml.ts'

/**
 * Feature key synchronization: the event package by which a phone and its server keep do not disturb alike. There is no
 * RFC; BroadSoft calls it Device Feature Key Synchronization, and the documents are those of CSTA (ECMA-323). Known from
 * the description of OpenSIPS' module presence_dfks (opensips.org/docs/modules/3.4.x/presence_dfks.html).
 */
export const featureEvent = 'as-feature-event'
export const featureType = 'application/x-as-feature-event+xml'
/** Several documents come in one body. */
export const featureAccept = `${featureType}, multipart/mixed`

/** Body of the SUBSCRIBE that asks for another do not disturb. `device` is empty: it is that of the request. */
export function writeSetDoNotDisturb(on: boolean): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    '<SetDoNotDisturb xmlns="http://www.ecma-international.org/standards/ecma-323/csta/ed3">' +
    `<device/><doNotDisturbOn>${on}</doNotDisturbOn></SetDoNotDisturb>\n`
  )
}

/** What a NOTIFY says of do not disturb: on, off, nothing (forwarding alone), or what cannot be read. */
export type ToldDnd = boolean | 'nothing' | 'malformed'

/**
 * Reads the body of a NOTIFY by its Content-Type: one document, or several in multipart/mixed. Names count without their
 * namespace, which servers misspell, and in any letter case. Never throws.
 */
export function readDoNotDisturb(text: string, type: string): ToldDnd {
  const documents = splitParts(text, type).map(parseXml)
  const roots = documents.filter((each) => each !== undefined)
  const told = roots
    .flatMap((root) => [root, ...findAllOf(root)])
    .filter((each) => is(each, 'DoNotDisturbEvent'))
  const last = told.at(-1)
  if (last) return readFlag(last) ?? 'malformed'
  return roots.length < documents.length || documents.length === 0 ? 'malformed' : 'nothing'
}

function findAllOf(element: Element): readonly Element[] {
  return element.children.flatMap((each) => [each, ...findAllOf(each)])
}

const is = ({ name }: Element, wanted: string) => name.toLowerCase() === wanted.toLowerCase()

/** XML Schema's boolean. */
function readFlag(event: Element): boolean | undefined {
  const word = findAllOf(event)
    .find((each) => is(each, 'doNotDisturbOn'))
    ?.text.trim()
    .toLowerCase()
  if (word === 'true' || word === '1') return true
  return word === 'false' || word === '0' ? false : undefined
}

/** The documents of a body (RFC 2046 section 5.1); a boundary that no header names is taken from the first line. */
function splitParts(text: string, type: string): readonly string[] {
  const { word, parameters } = parseWord(type)
  const first = /^\s*--(\S+)[ \t]*\r?\n/.exec(text)?.[1]
  const boundary = word.startsWith('multipart/') ? (parameters.get('boundary') ?? first) : first
  if (boundary === undefined) return [text]
  const parts = `\n${text}`.split(`\n--${boundary}`).slice(1)
  return parts
    .filter((part) => !part.startsWith('--'))
    .map((part) => part.replace(/^[\s\S]*?\r?\n\r?\n/, ''))
    .filter((part) => part.trim() !== '')
}
