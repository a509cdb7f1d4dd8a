import { eventually } from '../kit/waiting.ts'
import { isQuiet } from './calls.ts'
import type { PhoneActs } from './phone-acts.ts'
import type { GraphTraffic, Player, Stage } from './stage.ts'

export interface FloodLoad {
  /** So many people are in a call, or wait for its end to be shown, at any time. */
  readonly inFlight: number
  readonly seconds: number
  /** Before it, not counted. */
  readonly warmUpSeconds: number
}

export interface FloodFindings {
  /** Phone signals of which the write has arrived at Graph, within the time that was counted. */
  readonly shown: number
  readonly seconds: number
  readonly traffic: GraphTraffic
  /** Writes that never came. */
  readonly lost: number
  /** People whose sessions at Graph are not what their phone shows, when everything is over. */
  readonly wrong: number
  /** Of this process, in the time that was counted; 100 is one core. */
  readonly labCpuPercent: number
}

const longestWaitMs = 60_000

interface Part {
  readonly player: Player
  inCall: boolean
  waiting: boolean
}

/**
 * As many calls as the hubs can show: each ends when its beginning has arrived at Graph, and the next one begins when its
 * end has. So nothing piles up, and what is measured is what was written.
 */
export async function driveFlood(stage: Stage, load: FloodLoad, acts: PhoneActs): Promise<FloodFindings> {
  const parts = stage.players.map((player): Part => ({ player, inCall: false, waiting: false }))
  const byId = new Map(parts.map((part) => [part.player.person.user.id, part]))
  let next = 0
  let shown = 0
  let over = false
  const begin = () => {
    for (let tried = 0; !over && tried < parts.length; tried += 1) {
      const part = parts[next++ % parts.length]!
      if (part.inCall || part.waiting) continue
      part.inCall = true
      part.waiting = true
      acts.start(part.player)
      return
    }
  }
  stage.onWrite((id, request) => {
    const part = byId.get(id)
    if (!part?.waiting || part.inCall !== request.path.endsWith('/setPresence')) return
    shown += 1
    // After the answer: the emulator is still at work on it.
    setImmediate(() => {
      if (part.inCall) {
        part.inCall = false
        acts.hangup(part.player)
      } else {
        part.waiting = false
        begin()
      }
    })
  })
  for (let number = 0; number < load.inFlight; number += 1) begin()
  await new Promise((resolve) => setTimeout(resolve, load.warmUpSeconds * 1000))
  stage.traffic()
  const [before, cpuBefore, began] = [shown, process.cpuUsage(), performance.now()]
  await new Promise((resolve) => setTimeout(resolve, load.seconds * 1000))
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(cpuBefore)
  const counted = shown - before
  const traffic = stage.traffic()
  over = true
  const waiting = () => parts.filter((part) => part.waiting).length
  await eventually(() => waiting() === 0, { limitMs: longestWaitMs })
  return {
    ...{ shown: counted, seconds, traffic, lost: waiting() },
    wrong: parts.filter(({ player }) => !isQuiet(stage, player)).length,
    labCpuPercent: (user + system) / 1e4 / seconds,
  }
}
