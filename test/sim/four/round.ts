import { sessionLifeMs } from '../pairs.ts'
import type { Day, Round, Trouble } from './day.ts'
import type { Deed } from './deeds.ts'
import { systemOf } from './deeds.ts'
import type { Ingredients } from './histogram.ts'
import type { Done } from './judge.ts'
import type { Office } from './office.ts'
import { calmMs, pollMs, preferredLifeMs, settleMsOf } from './office.ts'

/** What could be seen of a round. */
export interface Course {
  /** Deeds close together; between two bursts everything came to rest. */
  readonly bursts: readonly (readonly Done[])[]
  /** The session in Teams ran out while the hub was down. */
  readonly ranOut: boolean
  /** It lasted so long that the hub had to make its own choice in Teams again. */
  readonly isLong: boolean
  readonly silent: 'phone' | 'profiles' | undefined
}

type Seen = Pick<Done, 'deed' | 'at'>

/** Does what the round says, until all has come to rest. */
export async function perform(
  office: Office,
  { round, day }: { readonly round: Round; readonly day: Day },
  had: Ingredients,
): Promise<Course> {
  const { trouble } = round
  const from = office.clock.monotonic()
  if (trouble.kind === 'silence') {
    office.tell(`${trouble.system} falls silent`)
    office[trouble.system].fault = { kind: 'mute' }
  }
  const { seen, ranOut } = await act(office, round, had)
  if (trouble.kind === 'silence') {
    had.expiries += 1
    await hearAgain(office, trouble)
  }
  await office.run(calmMs)
  const rest = office.clock.monotonic()
  if (trouble.kind === 'wait') await office.run(preferredLifeMs + calmMs)
  const known = (one: Seen) =>
    trouble.kind === 'none' ? knownAt(one, office, day) : Number.POSITIVE_INFINITY
  const ended = endOfChoice(office, from)
  if (ended) had.expiries += 1
  if (ended && ended.at > office.clock.monotonic() - calmMs) await office.run(calmMs)
  const early = ended && ended.at < rest ? [...seen, ended].sort((a, b) => a.at - b.at) : seen
  const bursts = [early, ended && ended.at >= rest ? [ended] : []]
  return {
    bursts: bursts.map((burst) =>
      burst.map((one) => ({ ...one, known: known(one), isCrossed: isCrossed(one, known(one), office) })),
    ),
    ranOut,
    isLong: trouble.kind === 'wait',
    silent: trouble.kind === 'silence' ? trouble.system : undefined,
  }
}

async function act(office: Office, { deeds, trouble }: Round, had: Ingredients) {
  const seen: Seen[] = []
  let ranOut = false
  for (const [index, { deed, pauseMs }] of deeds.entries()) {
    const before = seen.at(-1)
    if (office.act(deed)) {
      seen.push({ deed, at: office.clock.monotonic() })
      if (before && systemOf(before.deed) !== systemOf(deed)) had.interleaved += 1
    }
    if (trouble.kind === 'restart' && index === Math.min(trouble.after, deeds.length - 1)) {
      await office.run(trouble.waitMs)
      had.restarts += 1
      const held = office.teams.session(office.at.teams)
      await office.restart(trouble.downMs)
      ranOut = held !== undefined && trouble.downMs > sessionLifeMs
      if (ranOut) had.expiries += 1
    } else await office.run(pauseMs)
  }
  return { seen, ranOut }
}

/** A call counts a little longer than it lasts, so that a transfer does not flicker. */
const graceMs = 1000

/** When a deed is seen at the latest, and written elsewhere: a write of the hub's own may hide it until it is settled. */
function knownAt({ deed, at }: Seen, office: Office, { lagMs, delivery }: Day): number {
  const system = systemOf(deed)
  const lateMs = system === 'teams' ? lagMs + pollMs : Math.max(...delivery.map(({ ms }) => ms))
  const call = deed.endsWith('hangup') && system !== 'teams' ? graceMs : 0
  // What comes to light in Teams because of it is read as late as anything there.
  const behind = office.teams.state(office.at.teams).inCall ? lagMs + pollMs : 0
  const known = at + 500 + lateMs + call + behind
  const settleMs = settleMsOf[system]
  const ours = office.writes.filter(
    (write) => write.system === system && write.at >= at - settleMs - 500 && write.at <= known,
  )
  return Math.max(known, ...ours.map((write) => write.at + settleMs + lateMs + 1000))
}

/** The hub wrote there before it can have seen the deed, be it only to prolong what it had written. */
function isCrossed({ deed, at }: Seen, known: number, { writes }: Office): boolean {
  return writes.some(
    (write) =>
      write.system === systemOf(deed) && write.slot !== 'session' && write.at >= at && write.at <= known,
  )
}

async function hearAgain(
  office: Office,
  { system, ms }: Extract<Trouble, { kind: 'silence' }>,
): Promise<void> {
  await office.run(ms)
  office[system].fault = { kind: 'down' }
  await office.run(30_000)
  office[system].fault = undefined
  office.tell(`${system} is heard again`)
}

/** A choice has ended in Teams by itself, which is seen as one more deed. */
function endOfChoice({ teams, at, clock }: Office, from: number): Seen | undefined {
  const { preferred } = teams.state(at.teams)
  if (!preferred || preferred.until > clock.monotonic() || preferred.until <= from) return undefined
  const deed: Deed = 'teams none'
  return { deed, at: preferred.until }
}
