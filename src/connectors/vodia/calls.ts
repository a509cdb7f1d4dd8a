import type { DialogFacet, DialogState } from '../../core/observation.ts'
import { fieldsOf } from '../kit/http.ts'
import type { StrangeWord } from '../kit/unknown-values.ts'
import { type Fields, listIn, textIn } from './fields.ts'
import { type Dialled, isFeatureCode, type Numbering, partyOf, readDialled } from './numbers.ts'

/** One entry of `GET /rest/user/{account}/calls`. */
export interface VodiaCall {
  readonly id: string
  readonly state: string
  readonly from: string
  readonly to: string
  readonly remote: string
}

/**
 * The vendor publishes "call id, state, remote party, duration" and no names of fields: those that its WebSocket frames
 * and clients of others use are all accepted. Undefined for an answer that is no list of calls.
 */
export function decodeCalls(json: unknown): readonly VodiaCall[] | undefined {
  const list = listIn(json)
  if (!list) return undefined
  const calls: VodiaCall[] = []
  for (const [index, each] of list.entries()) {
    const fields: Fields = fieldsOf(each)
    const from = textIn(fields, ['from', 'from-number', 'from_number', 'caller']) ?? ''
    const to = textIn(fields, ['to', 'to-number', 'to_number', 'callee']) ?? ''
    const remote =
      textIn(fields, ['remote', 'remote-number', 'remote_number', 'remote-party', 'number']) ?? ''
    const id = textIn(fields, ['id', 'callid', 'call_id', 'call-id'])
    if (id === undefined && from === '' && to === '' && remote === '') return undefined
    const state = textIn(fields, ['state', 'callstate', 'status']) ?? ''
    calls.push({ id: id ?? `${from}>${to}${remote}#${index}`, state, from, to, remote })
  }
  return calls
}

/** Words seen in the vendor's frames and in its clients, and the obvious neighbours of each. */
const states: Readonly<Record<string, DialogState>> = {
  ...{ calling: 'trying', dialing: 'trying', trying: 'trying', initiating: 'trying' },
  ...{ alerting: 'early', ringing: 'early', early: 'early', proceeding: 'early', progress: 'early' },
  ...{ connected: 'confirmed', active: 'confirmed', talking: 'confirmed', answered: 'confirmed' },
  ...{ holding: 'held', held: 'held', hold: 'held', onhold: 'held', 'on-hold': 'held' },
  ...{ disconnected: 'terminated', terminated: 'terminated', ended: 'terminated', released: 'terminated' },
}

interface Ends {
  readonly direction: DialogFacet['direction']
  readonly other: Dialled
}

function endsOf({ from, to, remote }: VodiaCall, extension: string): Ends {
  const [caller, called] = [readDialled(from), readDialled(to)]
  if (caller.user === extension && called.user !== extension) return { direction: 'outbound', other: called }
  if (called.user === extension && caller.user !== extension) return { direction: 'inbound', other: caller }
  return { direction: 'unknown', other: readDialled(remote) }
}

/** Whatever is needed to read calls of one extension. */
export interface CallReading {
  readonly extension: string
  readonly numbering: Numbering
  note(word: StrangeWord): void
}

/** A call as a leg of the extension; undefined for one that has ended. A state not known is a call all the same. */
export function toDialog(
  call: VodiaCall,
  { extension, numbering, note }: CallReading,
): DialogFacet | undefined {
  const word = call.state.toLowerCase()
  const known = states[word]
  if (!known) note({ field: 'call state', value: call.state, takenAs: 'talking' })
  const state = known ?? 'confirmed'
  if (state === 'terminated') return undefined
  const { direction, other } = endsOf(call, extension)
  return {
    ...{ kind: 'dialog', leg: call.id, state, direction, evidence: 'call' },
    party: partyOf(other, numbering),
    ...(isFeatureCode(other, numbering) && { featureCode: true }),
    ...(other.user !== '' && { remote: other.user }),
  }
}
