import {
  AVAILABLE,
  AWAY,
  BUSY,
  DO_NOT_DISTURB,
  IN_A_CALL,
  type Presence,
  presence,
  presenceLabel,
  samePresence,
} from '../../core/presence.ts'

/** What ids of elements begin with that a hub has published: by them it knows its own words again. */
export const ownId = 'hookswitch'

const inAMeeting = presence('busy', 'inAMeeting')
const beRightBack = presence('beRightBack', 'beRightBack')

/** RPID has no word for do not disturb (RFC 4480 section 3.2): it is `busy`, and the note says more. */
const activities: readonly (readonly [state: Presence, activity: string | undefined])[] = [
  [DO_NOT_DISTURB, 'busy'],
  [IN_A_CALL, 'on-the-phone'],
  [inAMeeting, 'meeting'],
  [BUSY, 'busy'],
  [beRightBack, 'away'],
  [AWAY, 'away'],
  [AVAILABLE, undefined],
]

/** States that can be published, strongest first. */
export const publishedStates: readonly Presence[] = activities.map(([state]) => state)

export const pidfType = 'application/pidf+xml'

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeText = (text: string) => text.replace(/[&<>"]/g, (char) => escapes[char]!)

/**
 * A presence document (RFC 3863 with RFC 4479 and RFC 4480) that says this state of an extension; small enough for one
 * datagram. Undefined for a state that is not published.
 */
export function writePidf(entity: string, state: Presence): string | undefined {
  const found = activities.find(([each]) => samePresence(each, state))
  if (!found) return undefined
  const note = escapeText(presenceLabel(state))
  const activity = found[1] === undefined ? '' : `<rpid:activities><rpid:${found[1]}/></rpid:activities>`
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<presence xmlns="urn:ietf:params:xml:ns:pidf" ' +
    'xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" ' +
    `entity="${escapeText(entity)}"><tuple id="${ownId}-t"><status><basic>open</basic></status>` +
    `<note>${note}</note></tuple><dm:person id="${ownId}-p">${activity}<dm:note>${note}</dm:note></dm:person></presence>\n`
  )
}
