import type { Absence } from '../../../src/core/observation.ts'
import type { Activity } from '../../../src/core/presence.ts'
import type { ConnectorView, MatchProblem, TargetStatus } from '../../../src/core/view.ts'

/** Every activity in the words of Teams. The record is complete by its type: a new activity fails the build. */
const states = {
  available: 'Available',
  away: 'Away',
  beRightBack: 'Be right back',
  busy: 'Busy',
  doNotDisturb: 'Do not disturb',
  focusing: 'Focusing',
  inACall: 'In a call',
  inAConferenceCall: 'In a conference call',
  inAMeeting: 'In a meeting',
  inactive: 'Inactive',
  offWork: 'Appear offline',
  offline: 'Offline',
  outOfOffice: 'Out of office',
  presenting: 'Presenting',
  unknown: 'Unknown',
  urgentInterruptionsOnly: 'Urgent interruptions only',
} satisfies Record<Activity, string>

const absent = {
  notEnabled: 'Not enabled',
  notLicensed: 'No licence',
  signedOut: 'Signed out',
} satisfies Record<Absence, string>

/** Two words for a badge. */
const statuses = {
  idle: 'Nothing to write',
  pending: 'Waiting',
  applied: 'Written by us',
  covered: 'Shown by itself',
  masked: 'Hidden',
  yielded: 'Left to the person',
  deferred: 'Told to wait',
  rejected: 'Refused',
  lost: 'Source lost',
  contested: 'Contested',
} satisfies Record<TargetStatus, string>

const targets = {
  idle: () => 'Nothing has to be shown here.',
  pending: (wanted) => `${wanted} will be written as soon as the system has answered.`,
  applied: (wanted) => `We show ${wanted} here.`,
  covered: (wanted) => `The system shows as much as ${wanted} by itself; nothing was written.`,
  masked: (wanted) => `We set ${wanted}, but something else is shown.`,
  yielded: () => 'A person chose this; we leave it.',
  deferred: (wanted) => `The system asked us to wait before ${wanted} is written.`,
  rejected: (wanted) => `The system does not accept ${wanted}.`,
  lost: () => 'The source cannot be heard. What we wrote runs out or is taken back later.',
  contested: () => 'Somebody else keeps changing what we write; we leave it alone for a while.',
} satisfies Record<TargetStatus, (wanted: string) => string>

const health = {
  starting: 'starting',
  up: 'connected',
  degraded: 'trouble',
  down: 'not connected',
  stopped: 'stopped',
} satisfies Record<ConnectorView['health']['state'], string>

const problems = {
  unmatched: 'No match',
  duplicate: 'More than one match',
  guest: 'Guest account',
  disabled: 'Account disabled',
  shared: 'Shared phone',
} satisfies Record<MatchProblem['kind'], string>

/** Words for the codes of the hub. */
export const englishStates = {
  states,
  absent,
  /** Labels that the hub gives beside the code of a state. */
  ownLabels: {
    Idle: 'Idle',
    'Not registered': 'Not registered',
    Paused: 'Paused',
    'Takes calls': 'Takes calls',
  },
  notReachable: 'Not reachable',
  notSetUp: 'Not set up',
  statuses,
  targets,
  /** What a connector calls a slot. */
  slots: { session: 'call or presentation', preferred: 'chosen status', dnd: 'do not disturb' },
  health,
  problems,
  groups: {
    available: 'Available',
    call: 'In a call',
    busy: 'Busy',
    dnd: 'Do not disturb',
    away: 'Away',
    offline: 'Offline',
    unknown: 'Unknown',
  },
  quoted: (text: string) => `“${text}”`,
  theState: 'the state',
  writtenAt: (time: string) => `Written at ${time}.`,
  ringing: 'Ringing',
  dnd: 'DND',
  dndOn: 'Do not disturb is on',
  chosenByPerson: 'Chosen by the person',
  since: (time: string) => ` since ${time}`,
  lastHeard: (label: string) => ` Last heard: ${label}.`,
  notHeard: 'The system cannot be heard, so its state is not known.',
  duration: {
    now: 'now',
    minutes: (count: number) => `${count} min`,
    hours: (hours: number, minutes: string) => `${hours} h ${minutes}`,
    days: (count: number) => `${count} d`,
  },
}
