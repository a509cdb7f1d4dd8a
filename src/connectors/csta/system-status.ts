/** What a system says of itself (ECMA-269 12.2.26, SystemStatus). */
const statuses: Readonly<Record<string, 'fine' | 'broken'>> = {
  initializing: 'broken',
  enabled: 'fine',
  normal: 'fine',
  messagesLost: 'fine',
  disabled: 'broken',
  partiallyDisabled: 'broken',
  overloadImminent: 'fine',
  overloadReached: 'fine',
  overloadRelieved: 'fine',
}

export function isKnownStatus(status: string): boolean {
  return Object.hasOwn(statuses, status)
}

/** It tells nothing, or not everything, while it says so. */
export function isBroken(status: string): boolean {
  return isKnownStatus(status) && statuses[status] === 'broken'
}
