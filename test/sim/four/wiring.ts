import type { SystemName, Word } from './words.ts'

/** What a state of one system is at another; what is not named takes back what was written. */
export type Table = Readonly<Partial<Record<Word, Word>>>
export type Way = `${SystemName} to ${SystemName}`

/** Who follows whom, and how. Written down by hand, for the hub and the oracle alike. */
export interface Wiring {
  readonly name: string
  readonly tables: Readonly<Partial<Record<Way, Table>>>
  /** States that the sync may set, where it is fewer than all. */
  readonly crmHasDnd: boolean
}

/** Phones know do not disturb only; profiles know Away, and show a call so. */
const both: Readonly<Partial<Record<Way, Table>>> = {
  'teams to phone': { dnd: 'dnd' },
  'phone to teams': { dnd: 'dnd', call: 'call' },
  'teams to profiles': { dnd: 'dnd', away: 'away', busy: 'away', call: 'away', available: 'available' },
  'profiles to teams': { dnd: 'dnd', away: 'away', call: 'call' },
  'teams to crm': { dnd: 'dnd', away: 'away', busy: 'busy', call: 'call', available: 'available' },
  'crm to teams': { dnd: 'dnd', away: 'away', busy: 'busy' },
}

const acrossTeams: Readonly<Partial<Record<Way, Table>>> = {
  'phone to profiles': { dnd: 'dnd', call: 'away' },
  'profiles to phone': { dnd: 'dnd' },
  'phone to crm': { dnd: 'dnd', call: 'call' },
  'crm to phone': { dnd: 'dnd' },
  'profiles to crm': { dnd: 'dnd', away: 'away', call: 'call', available: 'available' },
  'crm to profiles': { dnd: 'dnd', away: 'away', busy: 'away', available: 'available' },
}

const softDnd = (tables: Wiring['tables']): Wiring['tables'] =>
  Object.fromEntries(
    Object.entries(tables).map(([way, table]) => [
      way,
      way.endsWith(' to crm') ? { ...table, dnd: 'busy' } : table,
    ]),
  )

/** Every pair is linked, as the presets close it. */
export const closed: Wiring = { name: 'every pair', tables: { ...both, ...acrossTeams }, crmHasDnd: true }
/** Everything is joined through Teams only: nothing is passed on. */
export const star: Wiring = { name: 'through Teams only', tables: both, crmHasDnd: true }
/** The CRM has no label for do not disturb and shows it as Busy. */
const withoutLabel: Wiring = {
  name: 'every pair, no do not disturb in the CRM',
  tables: softDnd({ ...both, ...acrossTeams }),
  crmHasDnd: false,
}

export const wirings: readonly Wiring[] = [closed, star, withoutLabel]

export function tableOf(wiring: Wiring, from: SystemName, to: SystemName): Table | undefined {
  return wiring.tables[`${from} to ${to}`]
}
