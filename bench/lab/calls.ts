import { setTimeout as sleep } from 'node:timers/promises'
import type { LoggedRequest } from '../../src/lab/request-log.ts'
import { eventually } from '../kit/waiting.ts'
import { arrivals, between } from './arrivals.ts'
import type { GraphTraffic, Player, Stage } from './stage.ts'

export interface CallLoad {
  /** Phone events a second, over all tenants. */
  readonly rate: number
  readonly seconds: number
  /** At the same rate before it; checked for loss, but not timed. */
  readonly warmUpSeconds: number
  /**
   * `ring`: inbound calls that ring, are answered and end (three events, two of which are written to Teams).
   * `direct`: outbound calls that are answered at once and end (two events, both written).
   */
  readonly calls: 'ring' | 'direct'
}

export interface CallFindings {
  readonly events: number
  /** From the event that makes it a call to the arrival of setPresence, milliseconds. */
  readonly begun: readonly number[]
  /** From the hang-up to the arrival of clearPresence, less the grace of one second. */
  readonly ended: readonly number[]
  /** Writes that never came. */
  readonly lost: number
  /** Writes that nobody waited for. */
  readonly extra: number
  /** People whose sessions at Graph are not what their phone shows, when everything is over. */
  readonly wrong: number
  readonly traffic: GraphTraffic
}

/** Grace of the links, as configured (bench/kit/hub-config.ts). */
const graceMs = 1000
const longestWaitMs = 30_000

interface Part {
  readonly player: Player
  busy: boolean
  begunAt: number | undefined
  endedAt: number | undefined
}

/** Lets phones ring, talk and hang up at a rate, and times what reaches Graph. */
export async function driveCalls(stage: Stage, load: CallLoad): Promise<CallFindings> {
  const parts = shuffled(stage.players.map(newPart))
  const byId = new Map(parts.map((part) => [part.player.person.user.id, part]))
  const begun: number[] = []
  const ended: number[] = []
  let events = 0
  let extra = 0
  let timing = false
  stage.onWrite((id, request) => {
    const part = byId.get(id)
    const wait = part && takeWait(part, request)
    if (wait === undefined) extra += 1
    else if (timing && request.path.endsWith('/setPresence')) begun.push(wait)
    else if (timing) ended.push(wait - graceMs)
  })
  let next = 0
  const call = () => {
    for (let tried = 0; tried < parts.length; tried += 1) {
      const part = parts[next++ % parts.length]!
      if (part.busy) continue
      void holdCall(stage, part, { load, count: () => (events += 1) })
      return
    }
    throw new Error('Everybody is in a call; give the world more people.')
  }
  const perCall = load.calls === 'ring' ? 3 : 2
  stage.traffic()
  await arrivals(load.rate / perCall, load.warmUpSeconds, call)
  const before = events
  timing = true
  await arrivals(load.rate / perCall, load.seconds, call)
  const counted = events - before
  const waiting = () => parts.filter((part) => part.begunAt !== undefined || part.endedAt !== undefined)
  await eventually(() => parts.every((part) => !part.busy) && waiting().length === 0, {
    limitMs: longestWaitMs,
  })
  // What is still to come by mistake would come now.
  await sleep(2000)
  const wrong = parts.filter((part) => !isQuiet(stage, part.player)).length
  const traffic = stage.traffic()
  return { events: counted, begun, ended, lost: waiting().length, extra, wrong, traffic }
}

function newPart(player: Player): Part {
  return { player, busy: false, begunAt: undefined, endedAt: undefined }
}

/** How long the write was waited for; undefined when it was not. */
function takeWait(part: Part, request: LoggedRequest): number | undefined {
  const begins = request.path.endsWith('/setPresence')
  const from = begins ? part.begunAt : part.endedAt
  if (begins) part.begunAt = undefined
  else part.endedAt = undefined
  return from === undefined ? undefined : request.at - from
}

async function holdCall(
  stage: Stage,
  part: Part,
  { load, count }: { readonly load: CallLoad; readonly count: () => void },
): Promise<void> {
  const { phones, extension } = part.player
  part.busy = true
  const inbound = load.calls === 'ring'
  if (inbound) {
    phones.start({ extension, direction: 'inbound', answer: false })
    count()
    await sleep(between(500, 1500))
  }
  part.begunAt = stage.now()
  if (inbound) phones.answer(extension)
  else phones.start({ extension, direction: 'outbound' })
  count()
  await sleep(between(2000, 4000))
  part.endedAt = stage.now()
  phones.hangup(extension)
  count()
  // Long enough for the grace and the settle time's own reads to have begun; the next call is a new one for certain.
  await sleep(3000)
  part.busy = false
}

export function isQuiet(stage: Stage, { person, phones, extension }: Player): boolean {
  const now = stage.lab.clock.monotonic()
  return phones.legs(extension).length === 0 && person.inputs.apps.every(({ endsAt }) => endsAt <= now)
}

function shuffled<T>(list: T[]): T[] {
  for (let index = list.length - 1; index > 0; index -= 1) {
    const other = Math.floor(Math.random() * (index + 1))
    ;[list[index], list[other]] = [list[other]!, list[index]!]
  }
  return list
}
