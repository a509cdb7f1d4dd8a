/** Device states, the one that wins in a hint first (main/devicestate.c; RINGING beside a busy one makes RINGINUSE). */
const order = [
  'RINGINUSE',
  'BUSY',
  'INUSE',
  'RINGING',
  'ONHOLD',
  'NOT_INUSE',
  'UNAVAILABLE',
  'UNKNOWN',
  'INVALID',
] as const
export type DeviceState = (typeof order)[number]

export function parseDeviceState(word: string): DeviceState | undefined {
  return order.find((each) => each === word)
}

const occupied: readonly DeviceState[] = ['INUSE', 'BUSY', 'ONHOLD']

/** What a hint over several devices shows. */
export function aggregate(states: readonly DeviceState[]): DeviceState {
  if (states.includes('RINGING') && states.some((each) => occupied.includes(each))) return 'RINGINUSE'
  return order.find((each) => states.includes(each)) ?? 'UNAVAILABLE'
}

/** `Status` and `StatusText` of a hint, as recorded for every state. */
export const hintStatus: Readonly<Record<DeviceState, readonly [number, string]>> = {
  RINGINUSE: [9, 'InUse&Ringing'],
  BUSY: [2, 'Busy'],
  INUSE: [1, 'InUse'],
  RINGING: [8, 'Ringing'],
  ONHOLD: [16, 'Hold'],
  NOT_INUSE: [0, 'Idle'],
  UNAVAILABLE: [4, 'Unavailable'],
  UNKNOWN: [0, 'Idle'],
  INVALID: [4, 'Unavailable'],
}
