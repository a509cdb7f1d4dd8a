import type { DialogFacet, DialogState, Direction, Party } from '../../core/observation.ts'
import { fieldsOf, textOf } from '../kit/http.ts'
import type { StrangeWord } from '../kit/unknown-values.ts'

/** One party of a call at an extension, as the Call Control API describes it. */
export interface Participant {
  readonly id: string
  readonly status: string
  readonly dn: string
  readonly partyDn: string
  readonly partyNumber: string
  readonly partyType: string
  readonly originatedByDn: string
  readonly originatedByType: string
  readonly onBehalfOfType: string
}

const wordOf = (value: unknown) => textOf(value) ?? ''

/** Undefined for something that is no participant. */
export function readParticipant(json: unknown): Participant | undefined {
  const fields = fieldsOf(json)
  const { id } = fields
  if (typeof id !== 'number' && textOf(id) === undefined) return undefined
  const status = textOf(fields.status)
  if (status === undefined) return undefined
  return {
    id: String(id),
    status,
    dn: wordOf(fields.dn),
    partyDn: wordOf(fields.party_dn),
    partyNumber: wordOf(fields.party_caller_id),
    partyType: wordOf(fields.party_dn_type),
    originatedByDn: wordOf(fields.originated_by_dn),
    originatedByType: wordOf(fields.originated_by_type),
    onBehalfOfType: wordOf(fields.on_behalf_of_type),
  }
}

/** An extension with everything that goes on there. */
export interface MonitoredDn {
  readonly dn: string
  readonly participants: readonly Participant[]
}

/** Undefined where the answer is no list; what is malformed in it is counted. */
export function readDns(
  json: unknown,
): { readonly dns: readonly MonitoredDn[]; readonly malformed: number } | undefined {
  if (!Array.isArray(json)) return undefined
  let malformed = 0
  const dns = json.flatMap((item): MonitoredDn[] => {
    const { dn, participants } = fieldsOf(item)
    const number = textOf(dn)
    if (number === undefined) {
      malformed += 1
      return []
    }
    const read = (Array.isArray(participants) ? participants : []).map(readParticipant)
    const good = read.filter((each) => each !== undefined)
    malformed += read.length - good.length
    return [{ dn: number, participants: good }]
  })
  return { dns, malformed }
}

/** The vendor's own example knows these three; hold is the phone's business and not told. */
const states: Readonly<Record<string, DialogState>> = {
  dialing: 'trying',
  ringing: 'early',
  connected: 'confirmed',
}

/** DN types come as `Wexternalline` and as `ExternalLine`: a part of the word tells, the first that fits. */
const parties: readonly (readonly [part: string, party: Party])[] = [
  ['external', 'external'],
  ['extension', 'internal'],
  ['queue', 'internal'],
  ['ringgroup', 'internal'],
  ['ivr', 'internal'],
  ['routepoint', 'internal'],
  ['voicemail', 'internal'],
  ['conference', 'internal'],
  ['parking', 'internal'],
  ['fax', 'internal'],
  ['script', 'internal'],
  ['service', 'internal'],
]

/** Undefined for a word that is not known; an empty one and `None` say nothing. */
function partyOfType(type: string): Party | undefined {
  const word = type.toLowerCase()
  if (word === '' || word === 'none') return 'unknown'
  return parties.find(([part]) => word.includes(part))?.[1]
}

/** A call that a queue or an IVR hands over is with whoever began it. */
function partyOf({ partyType, originatedByType }: Participant): Party {
  const party = partyOfType(partyType) ?? 'unknown'
  if (/extension/i.test(partyType)) return party
  return partyOfType(originatedByType) === 'external' ? 'external' : party
}

function directionOf({ status, dn, originatedByDn }: Participant): Direction {
  const own = originatedByDn !== '' && originatedByDn === dn
  if (own || status.toLowerCase() === 'dialing') return 'outbound'
  return originatedByDn !== '' || status.toLowerCase() === 'ringing' ? 'inbound' : 'unknown'
}

/** Who came by way of a queue or a ring group is told; that nobody said so proves nothing. */
function wayOf({ onBehalfOfType, partyType }: Participant): Pick<DialogFacet, 'through'> {
  return /queue|ringgroup/i.test(`${onBehalfOfType} ${partyType}`) ? { through: 'queue' } : {}
}

/** Pure and total. A status that is not known is a call all the same: whoever is busy must not be shown as free. */
export function dialogOf(participant: Participant): DialogFacet {
  const { id, status, partyNumber, partyDn } = participant
  const remote = partyNumber || partyDn
  const code = remote.startsWith('*')
  return {
    kind: 'dialog',
    leg: id,
    state: states[status.toLowerCase()] ?? 'confirmed',
    direction: directionOf(participant),
    party: partyOf(participant),
    evidence: 'call',
    ...wayOf(participant),
    ...(code && { featureCode: true }),
    ...(/^\+?[\d*#]+$/.test(remote) && { remote }),
  }
}

/** Words in it that are not known. */
export function strangeWords({ status, partyType }: Participant): readonly StrangeWord[] {
  const words: StrangeWord[] = []
  if (states[status.toLowerCase()] === undefined) {
    words.push({ field: 'status', value: status, takenAs: 'a call that is up' })
  }
  if (partyOfType(partyType) === undefined) {
    words.push({ field: 'party_dn_type', value: partyType, takenAs: 'a party that is not known' })
  }
  return words
}
