import type { Leg, Phone } from '../phones.ts'

/**
 * How documents look. `rfc4235`: every dialog with its Call-ID, as phones publish them. `partial`: the same, telling
 * only what has changed. `kamailio`: as rfc4235, with ended dialogs left beside live ones and nothing at all for a
 * phone that never had a call. `asterisk`: one bare state per extension, do not disturb included. `sloppy`: other
 * prefixes and namespaces, no ids, no Call-ID.
 */
export type DocumentStyle = 'rfc4235' | 'partial' | 'kamailio' | 'asterisk' | 'sloppy'

/** The phone and its calls, ended ones too where the style still shows them. */
export interface Shown {
  readonly phone: Phone
  readonly legs: readonly Leg[]
}

const escapeText = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)

const states = { ringing: 'early', talking: 'confirmed', held: 'confirmed', ended: 'terminated' } as const

/** An application/dialog-info+xml document; empty where the style says nothing. */
export function writeDialogInfo(
  style: DocumentStyle,
  shown: Shown,
  about: {
    readonly version: number
    readonly domain: string
    readonly partial: boolean
    /** Names a dialog for as long as it lives. */
    idOf(leg: Leg): string
  },
): string {
  const state = about.partial ? 'partial' : 'full'
  const root = `version="${about.version}" state="${state}" entity="sip:${shown.phone.extension}@${about.domain}"`
  if (style === 'asterisk') return wrap(root, writeBareDialog(shown))
  if (style === 'sloppy') {
    const dialogs = shown.legs.map((leg) => `<d:dialog><d:state> ${states[leg.state]} </d:state></d:dialog>`)
    return `\r\n<d:dialog-info xmlns:d="urn:vendor:dialog-info" version="x">${dialogs.join('')}</d:dialog-info>`
  }
  if (style === 'kamailio' && shown.legs.length === 0) return ''
  return wrap(root, shown.legs.map((leg) => writeDialog(leg, about)).join(''))
}

function wrap(attributes: string, dialogs: string): string {
  const root = 'dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info"'
  return `<?xml version="1.0"?>\n<${root} ${attributes}>${dialogs}</dialog-info>\n`
}

function writeDialog(leg: Leg, about: { readonly domain: string; idOf(leg: Leg): string }): string {
  const { domain } = about
  const direction = leg.direction === 'outbound' ? 'initiator' : 'recipient'
  const rendering =
    leg.state === 'held'
      ? `<target uri="sip:${leg.extension}@${domain}"><param pname="+sip.rendering" pval="no"/></target>`
      : ''
  return (
    `<dialog id="${about.idOf(leg)}" call-id="${leg.call}@${domain}" local-tag="l${leg.id}" direction="${direction}">` +
    `<state>${states[leg.state]}</state>` +
    `<local><identity>sip:${leg.extension}@${domain}</identity>${rendering}</local>` +
    `<remote><identity>sip:${escapeText(leg.number)}@${domain}</identity></remote></dialog>`
  )
}

/** Asterisk's hint `PJSIP/1001&Custom:DND1001`: do not disturb lights the lamp like a call. */
function writeBareDialog({ phone, legs }: Shown): string {
  const live = legs.filter((leg) => leg.state !== 'ended')
  const busy = phone.dnd || live.some((leg) => leg.state !== 'ringing' || leg.direction === 'outbound')
  const state = busy ? 'confirmed' : live.length > 0 ? 'early' : 'terminated'
  const direction = state === 'early' ? ' direction="recipient"' : ''
  return `\n <dialog id="${phone.extension}"${direction}>\n  <state>${state}</state>\n </dialog>\n`
}

/** An application/pidf+xml document; `published` are the elements of others. */
export function writePidf(
  style: DocumentStyle,
  { phone, legs }: Shown,
  { domain, published }: { readonly domain: string; readonly published: string },
): string {
  const live = legs.filter((leg) => leg.state !== 'ended')
  const busy = live.length > 0 || (style === 'asterisk' && phone.dnd)
  const basic = phone.registered ? 'open' : 'closed'
  const note = phone.registered ? (busy ? 'On the phone' : 'Ready') : 'Unavailable'
  const person = busy
    ? '<dm:person id="p"><rpid:activities><rpid:on-the-phone/></rpid:activities></dm:person>'
    : '<dm:person />'
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<presence xmlns="urn:ietf:params:xml:ns:pidf" ' +
    'xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" ' +
    `entity="sip:${phone.extension}@${domain}"><note>${note}</note><tuple id="${phone.extension}">` +
    `<status><basic>${basic}</basic></status></tuple>${person}${published}</presence>\n`
  )
}
