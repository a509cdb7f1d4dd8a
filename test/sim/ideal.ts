import { aggregate } from './teams-world.ts'
import type { Action, Actor, Deed, Restart, Setting, Standing } from './trace.ts'

/**
 * What a hub without delay would bring about: a machine of a few registers. Where two ends are both right, it goes
 * on with both, so that a state is a set of possible ones.
 */
export interface Ideal {
  readonly owner: Actor | undefined
  /** The phone's own do not disturb, put there by hand. */
  readonly person: boolean
  /** The hub knows of it, and shows it in Teams by a session of its own (setting `presenting`). */
  readonly presents: 'surely' | 'perhaps'
  /** The hub holds do not disturb at the phone because it is chosen in Teams. */
  readonly viaHub: boolean
  /** The hub holds it for the length of a Teams call (policy `silence`). */
  readonly forCall: boolean
  /** It was put there by hand, taken back elsewhere, and only stays for the call: nothing had to be written. */
  readonly kept: boolean
  /** The person took it away during the call: not again for the same call. */
  readonly yielded: boolean
  readonly legs: number
  readonly inCall: boolean
  readonly anna: Preference | undefined
  readonly ben: Preference | undefined
}

interface Preference {
  readonly pair: string
  readonly by: 'person' | 'hub'
  /** What stood there before the hub's: may come back. */
  readonly found?: string | undefined
}

export const beginning: Ideal = {
  owner: 'anna',
  person: false,
  presents: 'perhaps',
  viaHub: false,
  forCall: false,
  kept: false,
  yielded: false,
  legs: 0,
  inCall: false,
  anna: undefined,
  ben: undefined,
}

const DND = 'doNotDisturb/doNotDisturb'

const choices: Partial<Record<Action, string>> = {
  teamsDnd: DND,
  teamsAway: 'away/away',
  teamsAvailable: 'available/available',
}

export function showsDnd(ideal: Ideal): boolean {
  return ideal.person || ideal.viaHub || ideal.forCall
}

/**
 * Every state that one deed may lead to. `unseen`: a choice in Teams was not seen when the hub had to take back its own,
 * and may have gone with it. `veiled`: reads may still show the hub's own do not disturb, so
 * that a call may have begun before it went. `fresh`: the phone's do not disturb is so new that no read need have shown it.
 */
export function afterDeed(ideal: Ideal, deed: Deed, about: Sight): Ideal[] {
  const { setting, unseen, veiled } = about
  const now = { ...ideal, legs: deed.legs, inCall: deed.inCall }
  const taken = deed.changed ? take(now, deed, about) : ambiguous(now, deed)
  const next = unseen ? taken.flatMap((one) => [one, ...withoutUnseen(one, ideal)]) : taken
  return setting.policy === 'silence' ? next.flatMap((one) => silence(one, ideal, { setting, veiled })) : next
}

interface Sight {
  readonly setting: Setting
  readonly unseen: boolean
  readonly veiled: boolean
  readonly fresh: boolean
}

/** The choice that nobody saw went with the hub's own; what had been found before that may come back. */
function withoutUnseen(ideal: Ideal, before: Ideal): Ideal[] {
  const found = before.anna?.found ?? ideal.anna?.found
  const none: Ideal = { ...ideal, anna: undefined }
  return found ? [none, { ...ideal, anna: { pair: found, by: 'person' } }] : [none]
}

/** The hub takes back what it wrote because of it. */
export function withdraws({ action, changed }: Deed): boolean {
  return changed && ['phoneDndOff', 'removePerson', 'moveExtension'].includes(action)
}

function take(ideal: Ideal, deed: Deed, about: Sight): Ideal[] {
  switch (deed.action) {
    case 'phoneDndOn':
      // During a call that the hub cannot see, the entry stands for the whole call, or only until it is taken back.
      return phoneOn(ideal, about).flatMap((one) => (one.inCall ? [one, { ...one, yielded: true }] : [one]))
    case 'phoneDndOff':
      return phoneOff(ideal)
    case 'teamsDnd':
    case 'teamsAway':
    case 'teamsAvailable':
      return chosenInTeams(ideal, deed, about)
    case 'removePerson':
      return release(ideal, ideal.owner === 'anna' ? undefined : ideal.owner)
    case 'moveExtension':
      return release(ideal, 'ben')
    default:
      return [ideal]
  }
}

/** Somebody did by hand what the hub had done already: whose it is now, nobody can tell. */
function ambiguous(ideal: Ideal, { action }: Deed): Ideal[] {
  if (action === 'phoneDndOn' && (ideal.viaHub || ideal.forCall)) {
    return [ideal, { ...ideal, person: true, presents: 'perhaps', viaHub: false, forCall: false }]
  }
  if (action === 'teamsDnd' && ideal.anna?.by === 'hub') {
    return [ideal, { ...ideal, anna: { pair: DND, by: 'person' } }]
  }
  return [ideal]
}

function phoneOn(ideal: Ideal, { setting }: Sight): Ideal[] {
  const { owner } = ideal
  const held = ideal.viaHub || ideal.forCall
  const on: Ideal = { ...ideal, person: true, viaHub: false, forCall: false }
  if (setting.presenting) {
    return held ? [ideal, on] : [{ ...on, presents: owner === 'anna' ? 'surely' : 'perhaps' }]
  }
  const mine = owner && ideal[owner]
  const next =
    owner && mine?.pair !== DND
      ? { ...on, [owner]: { pair: DND, by: 'hub' as const, found: mine?.pair } }
      : on
  // Both did the same without knowing of each other.
  const both =
    owner && mine?.pair === DND && mine.by === 'person'
      ? [{ ...on, [owner]: { pair: DND, by: 'hub' as const } }]
      : []
  return held
    ? [next, { ...next, person: false, viaHub: ideal.viaHub, forCall: ideal.forCall }]
    : [next, ...both]
}

function phoneOff(ideal: Ideal): Ideal[] {
  const off: Ideal = { ...ideal, person: false, viaHub: false, forCall: false, yielded: true }
  return clearPreference(off, ideal.owner)
}

/** Takes a do not disturb out of Teams; what stood there before may come back. */
function clearPreference(ideal: Ideal, owner: Actor | undefined): Ideal[] {
  const mine = owner && ideal[owner]
  if (!owner || mine?.pair !== DND) return [ideal]
  const cleared = { ...ideal, [owner]: undefined }
  if (!mine.found || mine.by === 'person') return [cleared]
  return [cleared, { ...ideal, [owner]: { pair: mine.found, by: 'person' as const } }]
}

function chosenInTeams(ideal: Ideal, deed: Deed, { setting, fresh }: Sight): Ideal[] {
  const pair = choices[deed.action]!
  const next: Ideal = { ...ideal, anna: { pair, by: 'person' } }
  // As it was before something that nobody saw: nothing happened, or something did.
  if (ideal.anna?.pair === pair) return [ideal, next]
  if (ideal.owner !== 'anna') return [next]
  if (pair === DND) {
    const on = ideal.person ? next : { ...next, viaHub: true }
    // Chosen on both sides before either was seen: whose entry stands in Teams is open.
    return ideal.person
      ? [on, { ...on, anna: { pair, by: 'hub' } }, { ...on, person: false, viaHub: true }]
      : [on]
  }
  const cleared = { ...next, person: false, viaHub: false }
  const here = ideal.anna?.pair === DND
  const there = deed.before.anna === DND
  if (here && there) return [cleared]
  // What gives way to a session is not seen beside it.
  const isSeen = setting.mode === 'documented' || pair === 'away/away'
  if (setting.presenting && ideal.person && isSeen) {
    return ideal.presents === 'surely' && !fresh ? [cleared] : [cleared, next]
  }
  return here || there ? [cleared, next] : [next]
}

/** The phone is no longer Anna's: what the hub held for the two is taken back, each side keeps its own. */
function release(ideal: Ideal, owner: Actor | undefined): Ideal[] {
  const former = ideal.owner
  const free: Ideal = { ...ideal, owner, viaHub: false, forCall: false, kept: false, yielded: false }
  if (!former || former === owner) return [{ ...ideal, owner }]
  const left = ideal.kept ? [free, { ...free, person: true }] : [free]
  return left.flatMap((one) => (one[former]?.by === 'hub' ? clearPreference(one, former) : [one]))
}

/** The rule of policy `silence`: while Teams itself shows a call, the phone does not disturb. */
function silence(
  ideal: Ideal,
  before: Ideal,
  { setting, veiled }: { readonly setting: Setting; readonly veiled: boolean },
): Ideal[] {
  const sees = (one: Ideal) =>
    one.owner === 'anna' && one.inCall && aggregate(toTeams(one), 0, setting.mode) === 'busy/inACall'
  const isNewCall = ideal.inCall && !before.inCall
  // Whoever ends do not disturb at the phone during a call has said what is wanted for this call.
  const yielded = !isNewCall && ideal.yielded
  if (!sees(ideal)) {
    const unseen: Ideal = { ...ideal, yielded, forCall: false, kept: false }
    // A call behind the hub's own choice may have begun with that: what was done at the phone since then stands.
    return isNewCall && ideal.anna?.by === 'hub' ? [unseen, { ...unseen, yielded: true }] : [unseen]
  }
  const kept = before.kept || (before.person && !ideal.person)
  const wanted: Ideal = { ...ideal, yielded, forCall: !yielded && !ideal.person, kept: kept && !yielded }
  const other: Ideal = {
    ...wanted,
    forCall: !wanted.forCall && !ideal.person,
    yielded: veiled ? wanted.forCall : yielded,
  }
  // Our own call session looks the same: while it may be there, either is right. So it is for a call that was out
  // of sight for a while.
  const isVague =
    veiled ||
    ideal.legs > 0 ||
    before.legs > 0 ||
    (!isNewCall && !sees(before) && before.anna?.by === 'person')
  // What was taken back just before it was met together with the call: what stood there by hand may stand for it.
  const stays = veiled && isNewCall && wanted.forCall ? [{ ...wanted, kept: true }] : []
  return isVague ? [wanted, other, ...stays] : [wanted]
}

function toTeams(ideal: Ideal) {
  return {
    client: 'available/available',
    inCall: ideal.inCall,
    app: undefined,
    preferred: ideal.anna && { pair: ideal.anna.pair, by: ideal.anna.by, at: 0, until: 1 },
  }
}

/**
 * What may be believed after the hub's memory was lost or set back: what is shown, by whomever. An old memory and what
 * is shown are brought together in one way or the other.
 */
export function afterRestart(ideals: readonly Ideal[], restart: Restart, { policy }: Setting): Ideal[] {
  if (restart.ledger === 'intact') return [...ideals]
  const [some] = ideals
  if (!some) return []
  const shown = [believe(some, restart.standing), ...ideals.map(disown)]
  if (restart.ledger === 'lost') return policy === 'silence' ? shown.flatMap(attribute) : shown
  const agreed = shown.flatMap(agree).flatMap(claim)
  return policy === 'silence' ? agreed.flatMap(meetCall) : agreed
}

/**
 * An old memory does not know the call that goes on in Teams: it may silence the phone as one that begins. Or what the
 * memory has put at the phone is gone, which counts as done there by hand, and then stands for this call.
 */
function meetCall(ideal: Ideal): Ideal[] {
  if (!ideal.inCall || ideal.owner !== 'anna') return [ideal]
  const forCall = { ...ideal, person: false, viaHub: false, forCall: true }
  return showsDnd(ideal) ? [ideal, forCall] : [ideal, forCall, { ...ideal, yielded: true }]
}

/** A silent phone and a call in Teams that would have silenced it, met together: it may be taken for the call's. */
function attribute(ideal: Ideal): Ideal[] {
  const forCall = ideal.person && ideal.inCall && ideal.owner === 'anna'
  return forCall ? [ideal, { ...ideal, person: false, forCall: true }] : [ideal]
}

/**
 * A deed before the hub has seen everybody again after it lost its memory: it takes what it finds for what always was
 * (lost), or for news against an old memory (stale).
 */
export function whileBlind(ideals: readonly Ideal[], deed: Deed, ledger: Restart['ledger']): Ideal[] {
  const alone = ideals.map((ideal) => {
    const now = { ...ideal, legs: deed.legs, inCall: deed.inCall, owner: deed.owner }
    return deed.changed ? doneAlone(now, deed) : now
  })
  return ledger === 'lost' ? alone : [...alone, ...ideals].flatMap(agree).flatMap(claim)
}

function doneAlone(ideal: Ideal, { action }: Deed): Ideal {
  const off: Ideal = { ...ideal, person: false, viaHub: false, forCall: false }
  if (action === 'phoneDndOn') return { ...off, person: true, presents: 'perhaps' }
  if (action === 'phoneDndOff') return off
  const pair = choices[action]
  return pair ? { ...ideal, anna: { pair, by: 'person' } } : ideal
}

/** As it is, both in do not disturb, or neither. */
function agree(ideal: Ideal): Ideal[] {
  const free = { ...ideal, person: false, viaHub: false }
  const neither = { ...free, anna: undefined }
  if (ideal.owner !== 'anna') return [ideal, free, neither]
  const both: Ideal = {
    ...ideal,
    person: true,
    viaHub: false,
    presents: 'perhaps',
    anna: { pair: DND, by: 'person' },
  }
  return ideal.anna?.pair === DND ? [both, neither] : [both, free, neither]
}

/** What the hub may take for its own. */
function claim(ideal: Ideal): Ideal[] {
  return [
    ideal,
    { ...ideal, person: false, viaHub: ideal.person },
    ...(ideal.anna?.pair === DND ? [{ ...ideal, anna: { pair: DND, by: 'hub' as const } }] : []),
  ]
}

function believe(ideal: Ideal, standing: Standing): Ideal {
  const { dnd, anna, ben } = standing
  return {
    ...ideal,
    person: dnd,
    presents: 'perhaps',
    viaHub: false,
    forCall: false,
    anna: anna ? { pair: anna, by: 'person' } : undefined,
    ben: ben ? { pair: ben, by: 'person' } : undefined,
  }
}

function disown(ideal: Ideal): Ideal {
  return believe(ideal, { dnd: showsDnd(ideal), anna: ideal.anna?.pair, ben: ideal.ben?.pair })
}
