import type { FleetCondition } from '../../../src/core/fleet.ts'
import { countingIn } from './counting.ts'

const count = countingIn('en')

/** The page of all customers. */
export const englishFleet = {
  search: 'Customer or problem',
  none: 'No customer fits.',
  count: (shown: number, troubled: number) =>
    `${count(shown, { one: '1 customer', other: `${shown} customers` })}, ${troubled} with something to do`,
  conditions: { broken: 'Does not work', attention: 'Look at it', fine: 'All well' } satisfies Record<
    FleetCondition,
    string
  >,
  people: (people: number) => count(people, { one: '1 person', other: `${people} people` }),
  systems: (all: number) => count(all, { one: '1 system', other: `${all} systems` }),
  down: (systems: number) => `${systems} not connected`,
  degraded: (systems: number) => `${systems} disturbed`,
  unmatched: (entries: number) => `${entries} not matched`,
  openItems: (items: number) => `${items} to do`,
  rules: (version: number) => `rules version ${version}`,
  add: 'Add a customer',
  remove: (tenant: string) => `Remove ${tenant}`,
  removeShort: 'Remove',
  removeText:
    'Its systems are no longer connected, what the hub wrote there is taken back, and its people leave the board. History and audit log stay as long as they are kept; accounts stay, with rights that give nothing.',
  removed: (tenant: string) => `${tenant} is removed.`,
  undo: 'Undo',
  undone: (tenant: string) => `${tenant} is back.`,
  choose: (tenant: string) => `Choose ${tenant}`,
  rollOut: (chosen: number) =>
    `Template for ${count(chosen, { one: '1 customer', other: `${chosen} customers` })}`,
  template: 'A preset for the chosen customers',
  preset: 'Preset',
  pick: 'Choose a preset',
  apply: (tenants: number) => `Put it in force at ${tenants}`,
  close: 'Close',
  nothingChanges: 'No link follows other rules by it.',
  change: (link: string, was: string, is: string) => `${link}: ${was} becomes ${is}.`,
  ownRows: 'Its own rows stay.',
  unchanged: 'Nothing had to be changed.',
  saved: (version: number) => `Done: version ${version} of the configuration.`,
  failed: 'Not done:',
}
