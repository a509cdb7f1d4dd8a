import { eventually } from '../kit/waiting.ts'
import { arrivals, pick } from './arrivals.ts'
import type { GraphTraffic, Player, Stage } from './stage.ts'

export interface ChoiceLoad {
  /** Changes of do not disturb in Teams a second. */
  readonly rate: number
  readonly seconds: number
  /** A person's next change comes no earlier than this after the last. */
  readonly restMs: number
}

export interface ChoiceFindings {
  /** From the change in Teams to the phone's do not disturb going on, as the PBX saw it; milliseconds. */
  readonly set: readonly number[]
  readonly cleared: readonly number[]
  readonly lost: number
  /** Changes of a phone that nobody waited for. */
  readonly extra: number
  /** Phones whose do not disturb is not that of Teams when everything is over. */
  readonly wrong: number
  readonly traffic: GraphTraffic
}

const longestWaitMs = 30_000

interface Part {
  readonly player: Player
  on: boolean
  changedAt: number
  waitingSince: number | undefined
}

/** Random people set and clear do not disturb in Teams; the PBXs stamp the moment at which the phone follows. */
export async function driveChoices(stage: Stage, load: ChoiceLoad): Promise<ChoiceFindings> {
  const { restMs } = load
  const parts: Part[] = stage.players.map((player) => {
    return { player, on: false, changedAt: Number.NEGATIVE_INFINITY, waitingSince: undefined }
  })
  const times = { set: [] as number[], cleared: [] as number[] }
  let extra = 0
  listen(parts, (part, on) => {
    const since = part.waitingSince
    part.waitingSince = undefined
    if (since === undefined || on !== part.on) extra += 1
    else times[on ? 'set' : 'cleared'].push(stage.now() - since)
  })
  const on: Part[] = []
  stage.traffic()
  await arrivals(load.rate, load.seconds, () => {
    const oldest = on[0]
    const rested = oldest && oldest.waitingSince === undefined && stage.now() - oldest.changedAt > restMs
    if (rested && Math.random() < 0.5) change(stage, on.shift()!)
    else {
      const part = pick(parts)
      if (part.on || stage.now() - part.changedAt < restMs) return
      change(stage, part)
      on.push(part)
    }
  })
  const waiting = () => parts.filter((part) => part.waitingSince !== undefined).length
  await eventually(() => waiting() === 0, { limitMs: longestWaitMs })
  const wrong = parts.filter(({ player, on }) => player.phones.phone(player.extension)?.dnd !== on).length
  return { ...times, lost: waiting(), extra, wrong, traffic: stage.traffic() }
}

function listen(parts: readonly Part[], heard: (part: Part, on: boolean) => void): void {
  const byPhone = new Map<Player['phones'], Map<string, Part>>()
  for (const part of parts) {
    const { phones, extension } = part.player
    const known = byPhone.get(phones)
    if (known) known.set(extension, part)
    else byPhone.set(phones, new Map([[extension, part]]))
  }
  for (const [phones, extensions] of byPhone) {
    phones.on((event) => {
      const part = event.type === 'dnd' ? extensions.get(event.phone.extension) : undefined
      if (part && event.type === 'dnd') heard(part, event.phone.dnd)
    })
  }
}

function change(stage: Stage, part: Part): void {
  const { tenant, person } = part.player
  part.on = !part.on
  part.changedAt = stage.now()
  part.waitingSince = part.changedAt
  if (part.on) tenant.setPreferred(person, 'DoNotDisturb/DoNotDisturb')
  else tenant.clearPreferred(person)
}
