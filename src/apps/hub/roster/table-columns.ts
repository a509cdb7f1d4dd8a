import type { PeopleText } from '../../../config/edit-people.ts'
import type { PersonConfig, TenantConfig } from '../../../config/resolved.ts'

/** What stands in a cell, as the table writes it, or what is wrong with it. */
export type Cell = { readonly text: string } | { readonly wrong: string; readonly fix: string }

/** A column that a table can change. */
export interface Column {
  readonly name: string
  /** As it is; `person` is missing for somebody new. */
  textOf(person: PersonConfig | undefined): string
  /** The cell in the form of `textOf`. */
  read(cell: string): Cell
  write(people: PeopleText, upn: string, text: string): void
}

/** Columns that tell and change nothing. */
export const tellingColumns = ['shown as', 'standing', 'reason', 'own page opened'] as const

/** Where somebody was found: tells, and changes nothing. */
export const foundColumn = (connector: string) => `found:${connector}`

const several = ';'

/** The columns that a tenant's table has beside `upn`. */
export function columnsOf({ connectors, directory }: TenantConfig): readonly Column[] {
  const own: readonly Column[] = directory ? [excluded] : [...texts, ...lists, ...switches]
  return [...own, ...connectors.map(({ id }) => addressColumn(id))]
}

const texts = (['name', 'mail'] as const).map(
  (name): Column => ({
    name,
    textOf: (person) => person?.[name] ?? '',
    read: (text) => ({ text }),
    write: (people, upn, text) => people.set(upn, name, text === '' ? undefined : text),
  }),
)

const lists = (['aliases', 'groups'] as const).map(
  (name): Column => ({
    name,
    textOf: (person) => (person?.[name] ?? []).join(several),
    read: readList,
    write: (people, upn, text) => {
      people.set(upn, name, text === '' ? undefined : text.split(several))
    },
  }),
)

const switches = (['optedIn', 'sync'] as const).map(
  (name): Column => ({
    name,
    textOf: (person) => yesOrNo(person ? (person[name] ?? false) : name === 'sync'),
    read: (text) => readSwitch(text, name === 'sync'),
    write: (people, upn, text) => people.set(upn, name, text === 'yes'),
  }),
)

/** With people of the directory. */
const excluded: Column = {
  name: 'sync',
  textOf: (person) => yesOrNo(person?.sync ?? true),
  read: (text) => readSwitch(text, true),
  write: (people, upn, text) => people.setExcluded(upn, text === 'no'),
}

function addressColumn(connector: string): Column {
  return {
    name: `address:${connector}`,
    textOf: (person) => (person?.addresses[connector] ?? []).join(several),
    read: readList,
    write: (people, upn, text) => {
      people.setAddresses(upn, connector, text === '' ? [] : text.split(several))
    },
  }
}

function readList(cell: string): Cell {
  const items = cell.split(several).map((one) => one.trim())
  return { text: [...new Set(items)].filter((one) => one !== '').join(several) }
}

const yesOrNo = (is: boolean) => (is ? 'yes' : 'no')
const words: Readonly<Record<string, boolean>> = {
  ...{ yes: true, true: true, '1': true, ja: true, wahr: true, x: true },
  ...{ no: false, false: false, '0': false, nein: false, falsch: false },
}

/** A spreadsheet writes TRUE, or WAHR, for what was yes. */
function readSwitch(cell: string, without: boolean): Cell {
  const is = cell === '' ? without : words[cell.toLowerCase()]
  if (is === undefined) return { wrong: `is neither yes nor no: ${cell}`, fix: 'Write yes or no.' }
  return { text: yesOrNo(is) }
}
