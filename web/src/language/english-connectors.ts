import type { Manifest } from '../../../src/core/connector.ts'
import { countingIn } from './counting.ts'

const count = countingIn('en')

const kinds = {
  collaboration: 'Microsoft 365',
  pbx: 'Phone systems',
  queue: 'Queues of phone systems',
  crm: 'CRM and other programs',
  signal: 'Presence of other apps',
} satisfies Record<Manifest['kind'], string>

const reads = {
  dialog: 'calls',
  registration: 'whether a phone is reachable',
  dnd: 'do not disturb',
  queue: 'queues',
  presence: 'presence',
} satisfies Record<Manifest['facets'][number], string>

const transports = {
  push: 'Tells of changes at once',
  webhook: 'Calls the hub',
  poll: 'Is asked over and over',
} satisfies Record<Manifest['transport'], string>

/** Connectors: the catalogue, adding, changing, taking out. */
export const englishConnectors = {
  kinds,
  reads,
  transports,
  connected: 'Connected systems',
  none: 'No system is connected yet. Begin with Microsoft 365, then add your phone system.',
  addSystem: 'Add a system',
  catalogue: 'Which system?',
  catalogueText:
    'Every system the hub knows. You try the connection before anything is saved; nothing is written anywhere until a link says so.',
  readsText: (what: string) => `Reads: ${what}`,
  writesText: 'Links can write here',
  readsOnly: 'Only read; links cannot write here',
  tenant: 'Tenant',
  noTenant: 'Name the tenant first: the set-up page does that.',
  toSetUp: 'Go to set-up',
  add: (title: string) => `Add ${title}`,
  addThis: (title: string) => `Add ${title}`,
  back: 'Back to the systems',
  change: (id: string) => `Change ${id}`,
  look: (id: string) => `Look at ${id}`,
  resync: (id: string) => `Read again: ${id}`,
  resyncShort: 'Read again',
  resynced: 'Everything is being read again.',
  changeShort: 'Change',
  lookShort: 'Look',
  removeShort: 'Remove',
  remove: (id: string) => `Remove ${id}`,
  heard: (time: string, reports: number) =>
    `Last heard at ${time}; ${count(reports, { one: '1 report', other: `${reports} reports` })} since the hub runs`,
  notHeard: 'Nothing heard yet',
  waiting: 'Being started',
  idField: 'Name of this connection',
  idHint: 'Links and addresses call it so: letters, digits, - and _. It stays.',
  idTaken: 'There is one of that name already.',
  idWrong: 'Letters, digits, - and _, beginning with a letter or digit.',
  tryIt: 'Try the connection',
  trying: 'Trying',
  trial: 'What the trial found',
  trialNone: 'The trial found nothing to tell.',
  trialStale: 'You have changed something since this trial.',
  levels: { ok: 'Fine', info: 'Good to know', warning: 'Look at this', error: 'Does not work' },
  save: 'Save',
  saveAnyway: 'Save although it does not work',
  saving: 'Saving',
  saved: (id: string) => `${id} is saved, and the hub runs with it.`,
  removed: (id: string) => `${id} is removed.`,
  undo: 'Undo',
  undone: (id: string) => `${id} is back.`,
  alsoWrong: 'Elsewhere in the configuration',
  readOnly: (file: string) =>
    `The configuration comes from the file ${file}: everything can be looked at here, and is changed there.`,
  removeTitle: (id: string) => `Remove ${id}?`,
  removeText:
    'What the hub wrote there is taken back first; it stays connected until nothing of it is left. Then it is not read any more.',
  removeLinks: (links: number) =>
    count(links, { one: '1 link goes with it', other: `${links} links go with it` }),
  microsoft: 'Consent and permissions',
  signInTitle: 'Sign in in the browser',
  signInText:
    'Instead of typing a token: the account that the hub is to have there signs in once, in this browser. Save first what you have changed above. What comes back is sealed.',
  signInFile: (id: string) =>
    `The configuration comes from a file: hookswitch connectors sign-in ${id}, on the machine of the hub, signs in and prints the line to write.`,
  signInCallback: 'The app at the system has to name this callback address, letter by letter:',
  callback: 'Callback address',
  signIn: 'Sign in there',
}
