/**
 * What a system says of itself (ECMA-269 12.2.26, SystemStatus). `silent`: it tells nothing while it says so; `partly`:
 * not everything.
 */
const statuses: Readonly<Record<string, 'fine' | 'partly' | 'silent'>> = {
  initializing: 'silent',
  enabled: 'fine',
  normal: 'fine',
  messagesLost: 'fine',
  disabled: 'silent',
  partiallyDisabled: 'partly',
  overloadImminent: 'fine',
  overloadReached: 'fine',
  overloadRelieved: 'fine',
}

export function isKnownStatus(status: string): boolean {
  return Object.hasOwn(statuses, status)
}

/** Something is wrong with it. A word that nobody knows is no bad news. */
export function isBroken(status: string): boolean {
  return isKnownStatus(status) && statuses[status] !== 'fine'
}

/** What was said before is not sure any more. */
export function isSilent(status: string): boolean {
  return isKnownStatus(status) && statuses[status] === 'silent'
}
