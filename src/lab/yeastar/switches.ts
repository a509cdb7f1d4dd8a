/** How this PBX is set up; a test changes it while it runs. */
export interface PbxSwitches {
  firmware: string
  model: string
  /** Integrations > API. */
  api: boolean
  tokenLifeMs: number
  /** Extensions ticked at the monitors; undefined for all of them. */
  callMonitor: readonly string[] | undefined
  presenceMonitor: readonly string[] | undefined
  /** Whether `msg` of an event is a text that holds JSON, as the vendor's examples have it, or an object. */
  msg: 'text' | 'object'
  /** False: whoever talks is told by event 30008 alone. */
  callDetails: boolean
  /** A `member_status` and a presence that nobody has described, as a later version might send them. */
  memberStatus: string | undefined
}

export const defaultPbxSwitches: Readonly<PbxSwitches> = {
  firmware: '37.20.0.21',
  model: 'Yeastar P560',
  api: true,
  tokenLifeMs: 1_800_000,
  callMonitor: undefined,
  presenceMonitor: undefined,
  msg: 'text',
  callDetails: true,
  memberStatus: undefined,
}
