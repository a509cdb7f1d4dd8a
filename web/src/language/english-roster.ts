import type { CoverageKind } from '../../../src/core/roster-port.ts'
import { countingIn } from './counting.ts'

const count = countingIn('en')

const kinds = {
  synced: 'Kept in step',
  duplicate: 'More than one match',
  unmatched: 'No match',
  disabled: 'Account disabled',
  guest: 'Guest account',
  shared: 'Shared phone',
  notLicensed: 'No licence',
  notEnabled: 'Presence switched off',
  notOptedIn: 'Not opted in',
  notPaired: 'Not signed in themselves',
  uncovered: 'No link covers them',
  alone: 'At fewer than two systems',
  excluded: 'Left out',
  paused: 'Paused',
  hidden: 'Hidden',
} satisfies Record<CoverageKind, string>

/** Who is kept in step, links by hand, and people as a table. */
export const englishRoster = {
  kinds,
  neverCame: 'Never opened their page',
  cameAt: (day: string) => `Last opened their own page or tab on ${day}.`,
  cameNever: 'Has never opened their own page, nor the tab in Teams.',
  everyone: 'Everyone',
  filters: 'How they stand',
  search: 'Search people',
  searchHint: 'Name, UPN or address',
  found: (people: number) => count(people, { one: '1 person', other: `${people} people` }),
  none: 'There is nobody yet. People come from the configuration, or from a directory once a system is connected.',
  noneFits: 'Nobody fits this search and filter.',
  loading: 'Loading this person',
  exportTable: 'Export as CSV',
  importTable: 'Import CSV',
  more: 'Tell more',
  openPerson: 'Open the person’s page',
  why: 'How this person stands',
  toDo: 'To do:',
  hide: 'Hide from everyone but administrators',
  showAgain: 'Show to colleagues again',
  addresses: 'Addresses',
  noAddress: 'No address',
  byHand: 'by hand',
  change: (system: string) => `Change the address at ${system}`,
  changeShort: 'Change',
  address: (system: string) => `Address at ${system}`,
  addressHint: 'Several are parted by commas. It wins over what the directory says.',
  lookUp: 'Found in its directory',
  takenBy: (people: string) => `now of ${people}`,
  free: 'nobody’s yet',
  nothingFound: 'The directory has nothing like this.',
  save: 'Save',
  cancel: 'Cancel',
  leaveToDirectory: 'Leave it to the directory',
  saved: 'Saved. The hub goes by it already.',
  close: 'Close',
  importTitle: 'Import people from a CSV table',
  importText:
    'Begin with an export: its columns can be changed and come back. A column that is left out changes nothing, an empty cell empties, and people who are not in the table stay. Nothing is saved before you have seen what would change.',
  chooseFile: 'CSV file, UTF-8',
  previewing: 'Looking at the table',
  tooLarge: 'The file is larger than 1 MB. Larger tenants take their people from the directory.',
  problems: (problems: number) =>
    count(problems, { one: '1 thing is wrong', other: `${problems} things are wrong` }),
  line: (line: number) => `Line ${line}`,
  changes: (people: number) =>
    count(people, { one: '1 person would change', other: `${people} people would change` }),
  unchanged: (people: number) =>
    count(people, { one: '1 person stays as they are', other: `${people} people stay as they are` }),
  andMore: (entries: number) => `and ${entries} more`,
  isNew: 'new',
  empty: 'empty',
  take: (people: number) => count(people, { one: 'Change 1 person', other: `Change ${people} people` }),
  taken: (people: number) =>
    count(people, { one: '1 person was changed.', other: `${people} people were changed.` }),
  bulk: 'Switches of these people',
  switchOn: (people: number) =>
    count(people, { one: 'Switch on for 1 person', other: `Switch on for ${people} people` }),
  switchOff: (people: number) =>
    count(people, { one: 'Switch off for 1 person', other: `Switch off for ${people} people` }),
  bulkOnText: 'The hub begins to act for them, as far as links cover them. Say it for those who have agreed.',
  bulkOffText: 'What was written for them is taken back within seconds. Each can switch it on again.',
  switched: (people: number) =>
    count(people, {
      one: 'The switch of 1 person was set.',
      other: `The switches of ${people} people were set.`,
    }),
}
