import { stableId } from './ids.ts'

/** A ServicePresenceStatus of the lab's organisation. */
export interface LabStatus {
  readonly id: string
  readonly developerName: string
  readonly label: string
  /** Of the busy kind: no work is routed. */
  readonly isAway: boolean
}

const make = (label: string, isAway: boolean): LabStatus => {
  const developerName = label.replace(/\W+/g, '_')
  return { id: stableId('0N5', developerName), developerName, label, isAway }
}

/** What an agent can pick; each organisation has its own. */
export const labStatuses: readonly LabStatus[] = [
  make('Available', false),
  make('On a Call', true),
  make('Do Not Disturb', true),
  make('Presenting', true),
  make('In a Meeting', true),
  make('Busy', true),
  make('Be Right Back', true),
  make('Away', true),
  make('Lunch', true),
  make('Out of Office', true),
]

/** The word for leaving Omni-Channel, which is no status. */
export const logoutWord = 'Logout'
