import { isChoice, knownAt, systemOf } from './sight.ts'
import type { Deed, Entry, Restart, Run, Setting, Write } from './trace.ts'

/** What must never happen on the way, whatever the end. */
export function watch(run: Run): string[] {
  return [...causeless(run), ...outliving(run), ...overwriting(run), ...tooMany(run), ...blind(run)]
}

/** What must not happen either where reads are later than the target declares: then a late read passes for news. */
export function watchLate(run: Run): string[] {
  return [...outliving(run), ...tooMany(run), ...restless(run)]
}

const DND = 'doNotDisturb/doNotDisturb'

/** How long nothing may be written at the end of a day in which reads were late. */
export const restMs = 60_000

/** Writes per slot after the last deed: one that was on its way, one that corrects it, one asserted anew. */
export const mostWrites = 3

const isDeed = (entry: Entry): entry is Deed => entry.kind === 'deed'
const isWrite = (entry: Entry): entry is Write => entry.kind === 'write'
const forgot = (entry: Entry): entry is Restart => entry.kind === 'restart' && entry.ledger !== 'intact'

const clock = (at: number) => `at ${(at / 1000).toFixed(2)} s`

/** Longest time from a deed to the hub's last write because of it. */
function patience(setting: Setting, entries: readonly Entry[]): number {
  const down = entries.filter((entry) => entry.kind === 'restart').map((entry) => entry.up - entry.at + 2000)
  const usual = setting.lagMs + setting.pollMs + setting.settleMs + 5000 + (setting.delayMs ?? 0)
  return usual + down.reduce((sum, each) => sum + each, 0)
}

/**
 * A do not disturb that nobody asks for: neither a choice of do not disturb nor, under `silence`, a Teams call was
 * there within the time that the hub needs. Covers the choice that comes back after it was cleared.
 */
function causeless({ entries, setting }: Run): string[] {
  const wait = patience(setting, entries)
  const asked: { readonly from: number; to: number; readonly inTeams: boolean }[] = []
  let open: (typeof asked)[number] | undefined
  let call: (typeof asked)[number] | undefined
  const begin = (from: number, inTeams: boolean) => {
    const span = { from, to: Number.POSITIVE_INFINITY, inTeams }
    asked.push(span)
    return span
  }
  for (const entry of entries) {
    if (isDeed(entry) && isChoice(entry)) {
      const on = entry.action === 'phoneDndOn' || entry.action === 'teamsDnd'
      if (on) open ??= begin(entry.at, false)
      else if (open) {
        open.to = entry.at
        open = undefined
      }
    }
    // Without its memory the hub takes what is shown for a person's.
    if (forgot(entry) && (entry.standing.dnd || entry.standing.anna === DND)) open ??= begin(entry.up, false)
    if (forgot(entry) && setting.policy === 'silence') {
      const session = lateSession(entry, entries, setting)
      if (session) begin(entry.up, true).to = session.at + sessionLifeMs
    }
    if (!isDeed(entry) || setting.policy !== 'silence') continue
    if (entry.inCall) call ??= begin(entry.at, true)
    else if (call) {
      call.to = entry.at
      call = undefined
    }
  }
  return entries
    .filter(isWrite)
    .filter((write) => write.act === 'assert' && write.pair === DND && !write.refresh)
    .filter(
      (write) =>
        !asked.some(
          (span) =>
            span.from <= write.at &&
            write.at <= span.to + wait &&
            (!span.inTeams || write.system === 'phone'),
        ),
    )
    .map(
      (write) =>
        `do not disturb written to ${write.system} ${write.address} ${clock(write.at)}, which nobody asked for`,
    )
}

/** What the hub showed just before it lost its memory, and its first read is too late to show, looks like a call. */
export function lateSession(
  restart: Restart,
  entries: readonly Entry[],
  { lagMs }: Setting,
): Write | undefined {
  return entries
    .filter(isWrite)
    .findLast(
      ({ slot, act, at }) =>
        slot === 'session' && act === 'assert' && at >= restart.up - lagMs && at <= restart.up,
    )
}

const graceMs = 1000
const sessionLifeMs = 720_000

/** A call state outlives its call by no more than grace, transport and, after a loss of memory, its own expiry. */
function outliving({ entries, setting, end }: Run): string[] {
  const wrong: string[] = []
  for (const who of ['anna', 'ben'] as const) {
    let lastCall = Number.NEGATIVE_INFINITY
    let calling = false
    let until: number | undefined
    let allowance = graceMs + 1500 + (setting.delayMs ?? 0)
    const check = (now: number) => {
      const gone = until === undefined ? undefined : Math.min(until, now)
      if (!calling && gone !== undefined && gone > lastCall + allowance) {
        wrong.push(
          `the call session of ${who} is there ${((gone - lastCall) / 1000).toFixed(1)} s after the call`,
        )
      }
      if (until !== undefined && until <= now) until = undefined
    }
    for (const entry of entries) {
      check(entry.at)
      if (entry.kind === 'restart') {
        allowance += entry.up - entry.at + 3000
        if (entry.ledger !== 'intact') allowance += sessionLifeMs
        // An old memory may tell of a call that has long been over.
        if (entry.ledger === 'stale') lastCall = Math.max(lastCall, entry.up)
      } else if (isDeed(entry)) {
        if (calling) lastCall = entry.at
        calling = entry.owner === who && entry.legs > 0
      } else if (entry.system === 'teams' && entry.slot === 'session' && entry.address === who) {
        const isCall = entry.act === 'assert' && entry.pair === 'busy/inACall'
        until = isCall ? entry.at + sessionLifeMs : undefined
      }
    }
    check(end.at)
  }
  return [...new Set(wrong)]
}

/** A person's own choice is replaced only because somebody chose otherwise elsewhere, later or unseen. */
function overwriting({ entries, setting }: Run): string[] {
  const lost = entries.find(forgot)
  return entries.filter(isWrite).flatMap((write) => {
    const { over } = write
    if (!over || (write.act === 'assert' && write.pair === over.pair)) return []
    if (lost && write.at > lost.at) return []
    const own = entries
      .filter(isDeed)
      .findLast((deed) => deed.at <= over.at && systemOf(deed) === write.system)
    const ownKnown = own ? knownAt(own, entries, setting) : over.at
    if (own && looksLikeOurs(own, entries, setting)) return []
    const excused = entries.filter(isDeed).some((deed) => {
      if (deed.at > write.at || systemOf(deed) === write.system) return false
      // What was sent without an answer is sent again.
      const isUnderWay = deed.at <= over.at && knownAt(deed, entries, setting) >= over.at
      if (systemOf(deed) === 'office') return isUnderWay || (deed.at <= ownKnown && deed.at >= over.at)
      const asks = isChoice(deed) || (setting.policy === 'silence' && deed.action.startsWith('teamsCall'))
      return asks && knownAt(deed, entries, setting) >= over.at
    })
    if (excused) return []
    return [
      `${over.pair}, chosen by hand ${clock(over.at)} at ${write.system}, was overwritten ${clock(write.at)}`,
    ]
  })
}

/** Chosen again by hand, over what the hub had put there, before it could see that it had been gone in between. */
function looksLikeOurs(own: Deed, entries: readonly Entry[], setting: Setting): boolean {
  if (own.action !== 'teamsDnd') return false
  const ours = entries.filter(isWrite).findLast((write) => write.at <= own.at && write.slot === 'preferred')
  if (ours?.act !== 'assert') return false
  const between = entries.filter(isDeed).filter((deed) => deed.at > ours.at && deed.at < own.at)
  return between
    .filter((deed) => systemOf(deed) === 'teams' && isChoice(deed) && deed.changed)
    .every((deed) => knownAt(deed, entries, setting) >= own.at)
}

/** When nobody does anything any more, the hub comes to rest. */
function tooMany({ entries }: Run): string[] {
  const last = entries.findLast((entry) => entry.kind !== 'write')
  const from = !last ? 0 : last.kind === 'restart' ? last.up : last.at
  const counts = new Map<string, number>()
  for (const entry of entries) {
    if (!isWrite(entry) || entry.refresh || entry.at < from) continue
    const target = `${entry.system} ${entry.address} ${entry.slot}`
    counts.set(target, (counts.get(target) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count > mostWrites)
    .map(([target, count]) => `${count} writes to ${target} after the last deed`)
}

/** Do not disturb that is there at the end was asked for, and not taken back since. */
export function stuck({ entries, setting, end }: Run): string[] {
  const takesBack = ['phoneDndOff', 'teamsAway', 'teamsAvailable']
  let asked = false
  let call = false
  for (const entry of entries) {
    if (isDeed(entry)) {
      if (entry.action === 'phoneDndOn' || entry.action === 'teamsDnd') asked = true
      if (takesBack.includes(entry.action)) asked = false
      call = setting.policy === 'silence' && entry.inCall && entry.owner === 'anna'
    }
    if (forgot(entry) && (entry.standing.dnd || entry.standing.anna === DND)) asked = true
  }
  const { dnd, anna, ben } = end.standing
  const wrong = dnd && !asked && !call ? ['the phone'] : []
  // Without numbers its own choice in Teams may pass for the person's, who keeps it when the link goes.
  const keeps = setting.unnumbered && entries.some((entry) => isDeed(entry) && systemOf(entry) === 'office')
  if (!asked && !keeps && (anna === DND || ben === DND)) wrong.push('Teams')
  return wrong.map((where) => `do not disturb is stuck at ${where}`)
}

/** The hub has come to rest: nothing is written at the end but what keeps a call alive. */
function restless({ entries, end }: Run): string[] {
  const last = entries.filter(isWrite).findLast((write) => !write.refresh)
  return last && last.at > end.at - restMs ? [`the hub still writes ${clock(last.at)}`] : []
}

/** With an empty memory no choice is written before somebody makes one. Calls are conditions and may be shown. */
function blind({ entries, setting }: Run): string[] {
  const lost = entries.find((entry): entry is Restart => entry.kind === 'restart' && entry.ledger === 'lost')
  if (!lost || setting.policy === 'silence') return []
  // Our own Presenting, seen for the first time after the loss, looks like one that silences the phone.
  if (setting.presenting && lateSession(lost, entries, setting)) return []
  const first = entries
    .filter(isDeed)
    .find((deed) => isChoice(deed) && knownAt(deed, entries, setting) >= lost.at)
  const until = first?.at ?? Number.POSITIVE_INFINITY
  // What it wrote just before, and a late read shows only after the first one, looks like a change in Teams.
  const own = entries
    .filter(isWrite)
    .findLast(
      (write) => write.slot === 'preferred' && write.at <= lost.at && write.at >= lost.up - setting.lagMs,
    )
  const afterglow = own ? own.at + setting.lagMs + setting.pollMs + 1000 : lost.up
  return entries
    .filter(isWrite)
    .filter(
      (write) => write.at > Math.max(lost.up, afterglow) && write.at < until && write.slot !== 'session',
    )
    .map((write) => `without a memory, ${write.pair} was written to ${write.system} ${clock(write.at)}`)
}
