/** What happened in a run, as an onlooker saw it; the oracle judges this and nothing else. Times in milliseconds. */

export type Action =
  | 'callStart'
  | 'callEnd'
  | 'callHold'
  | 'teamsCallStart'
  | 'teamsCallEnd'
  | 'phoneDndOn'
  | 'phoneDndOff'
  | 'teamsDnd'
  | 'teamsAway'
  | 'teamsAvailable'
  | 'removePerson'
  | 'moveExtension'

export type Actor = 'anna' | 'ben'
export type Ledger = 'intact' | 'lost' | 'stale'

/** What stands at the targets: the phone's do not disturb and everyone's preferred state. */
export interface Standing {
  readonly dnd: boolean
  readonly anna: string | undefined
  readonly ben: string | undefined
}

/** A person or an administrator did something. */
export interface Deed {
  readonly kind: 'deed'
  readonly at: number
  readonly action: Action
  /** False when nothing could be seen of it: it was so already. */
  readonly changed: boolean
  readonly before: Standing
  /** Call legs on the phone, native call in Teams and the phone's person, afterwards. */
  readonly legs: number
  readonly inCall: boolean
  readonly owner: Actor | undefined
}

export interface Restart {
  readonly kind: 'restart'
  readonly at: number
  readonly up: number
  readonly ledger: Ledger
  readonly standing: Standing
}

export interface Write {
  readonly kind: 'write'
  readonly at: number
  readonly system: string
  readonly address: string
  readonly slot: string
  readonly act: 'assert' | 'withdraw'
  readonly pair: string
  readonly refresh: boolean
  readonly over: { readonly pair: string; readonly at: number } | undefined
}

export type Entry = Deed | Restart | Write

export interface Setting {
  readonly lagMs: number
  readonly pollMs: number
  readonly settleMs: number
  readonly mode: 'documented' | 'observed'
  /** `plain`: calls are shown as calls. `silence`: a Teams call also turns do not disturb on at the phone. */
  readonly policy: 'plain' | 'silence'
  /** Reads of Teams carry no number: nothing tells a late one from a fresh one. */
  readonly unnumbered?: boolean
  /** The phone's do not disturb is shown in Teams by a session of the hub's; the preferred state does not offer it. */
  readonly presenting?: boolean
  /** How much longer than usual a target could not be reached. */
  readonly delayMs?: number
}

export interface Ending {
  readonly at: number
  readonly standing: Standing
  readonly shown: { readonly anna: string; readonly ben: string }
}

export interface Run {
  readonly setting: Setting
  readonly entries: readonly Entry[]
  readonly end: Ending
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2).padStart(9)} s`

function line(entry: Entry): string {
  if (entry.kind === 'deed') return `${entry.action}${entry.changed ? '' : ' (no change)'}`
  if (entry.kind === 'restart') {
    return `  restart, up again at ${seconds(entry.up).trim()}, ledger ${entry.ledger}`
  }
  const { system, address, slot, act, pair, refresh } = entry
  return `  hub → ${system} ${address} ${slot}: ${act} ${pair}${refresh ? ' (refresh)' : ''}`
}

/** A run for people to read. */
export function describe(run: Run): string {
  const { setting, end } = run
  const numbers = setting.unnumbered ? ', without numbers' : ''
  const layout = setting.presenting ? ', as Presenting' : ''
  const head = `lag ${setting.lagMs} ms, settle ${setting.settleMs} ms, ${setting.mode}, ${setting.policy}${numbers}${layout}`
  const lines = run.entries.map((entry) => `${seconds(entry.at)}  ${line(entry)}`)
  const { dnd, anna, ben } = end.standing
  const last = `phone ${dnd ? 'in do not disturb' : 'free'}; anna prefers ${anna ?? 'nothing'}, shows ${end.shown.anna}; ben prefers ${ben ?? 'nothing'}, shows ${end.shown.ben}`
  return [head, ...lines, `${seconds(end.at)}  END ${last}`].join('\n')
}
