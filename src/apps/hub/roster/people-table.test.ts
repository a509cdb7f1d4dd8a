import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { PersonConfig, TenantConfig } from '../../../config/resolved.ts'
import { draftTable } from './people-table.ts'

const connectors = ['pbx', 'teams'].map((id) => ({ id, type: id, settings: {} }))
const person = (upn: string, more: Partial<PersonConfig> = {}): PersonConfig => {
  return { upn, aliases: [], addresses: {}, groups: [], optedIn: false, sync: true, ...more }
}
const tenant = (more: Partial<TenantConfig>): TenantConfig => {
  return { id: 'contoso', connectors, people: [], syncShared: false, links: [], ...more }
}

const listed = tenant({
  people: [
    person('anna@contoso.example', { addresses: { pbx: ['0101'] }, groups: ['sales', 'desk'] }),
    person('ben@contoso.example', { name: 'Ben' }),
  ],
})
const listText = `# kept
tenants:
  - id: contoso
    people:
      - upn: anna@contoso.example # the first
        addresses:
          pbx: 0101
        groups: [sales, desk]
      - upn: ben@contoso.example
        name: Ben
`

const peopleIn = (text: string) =>
  (parse(text) as { tenants: { people: unknown }[] }).tenants[0]!.people as Record<string, unknown>[]

test('the same table again changes nothing, and the text stays as it is', () => {
  const csv = 'upn;name;groups;address:pbx;standing\nanna@contoso.example;;sales; desk;0101;x\n'
  const draft = draftTable(csv.replace('sales; desk', '"sales; desk"'), listText, listed)
  expect(draft).toMatchObject({ text: listText, changes: [], unchanged: 1, problems: [] })
})

test('fields are changed, emptied and added; who is not named, comments and leading zeros stay', () => {
  const csv = `upn,name,sync,address:pbx,groups
Ben@contoso.example,,no,,
carla@contoso.example,Carla,yes,'+49301,
`
  const draft = draftTable(csv, listText, listed)
  expect(draft.problems).toEqual([])
  expect(draft.changes).toEqual([
    {
      ...{ line: 2, upn: 'Ben@contoso.example', isNew: false },
      fields: [
        { field: 'name', from: 'Ben', to: '' },
        { field: 'sync', from: 'yes', to: 'no' },
      ],
    },
    {
      ...{ line: 3, upn: 'carla@contoso.example', isNew: true },
      fields: [
        { field: 'name', from: '', to: 'Carla' },
        { field: 'address:pbx', from: '', to: '+49301' },
      ],
    },
  ])
  expect(draft.text).toContain('# kept')
  expect(draft.text).toContain('# the first')
  expect(peopleIn(draft.text)).toEqual([
    { upn: 'anna@contoso.example', addresses: { pbx: '0101' }, groups: ['sales', 'desk'] },
    { upn: 'ben@contoso.example', sync: false },
    { upn: 'carla@contoso.example', name: 'Carla', addresses: { pbx: '+49301' } },
  ])
  expect(draft.lineOf('tenants[0].people[2].addresses.pbx')).toBe(3)
  expect(draft.lineOf('tenants[0].people[0].upn')).toBeUndefined()
})

test('every problem has its line, and names what is wrong', () => {
  const csv = `upn,sync,colour,address:crm
anna@contoso.example,perhaps,,
anna,yes,,
ANNA@contoso.example,yes,,
`
  const { problems } = draftTable(csv, listText, listed)
  expect(problems.map(({ line, path, message }) => [line, path, message])).toEqual([
    [1, 'colour', 'is no column of this table'],
    [1, 'address:crm', 'is no column of this table'],
    [2, 'sync', 'is neither yes nor no: perhaps'],
    [3, 'upn', 'is no UPN: anna'],
    [4, 'upn', 'is in line 2 already: ANNA@contoso.example'],
  ])
  expect(draftTable('name\nAnna', listText, listed).problems[0]!.message).toBe('has no column "upn"')
  expect(draftTable('', listText, listed).problems[0]!.message).toBe('has no column "upn"')
  expect(draftTable('upn,name\nx@y,J\uFFFDrg', listText, listed).problems[0]!.message).toBe('is not UTF-8')
})

test('X-19: with people of a directory, addresses by hand and exceptions are written, and nothing else', () => {
  const text = `tenants:
  - id: contoso
    people:
      from: directory
      except: [ben@contoso.example]
`
  const own = tenant({ directory: { except: ['ben@contoso.example'], addresses: {} } })
  const csv = `upn,sync,address:pbx
anna@contoso.example,yes,1001;1002
ben@contoso.example,yes,
carla@contoso.example,no,
`
  const draft = draftTable(csv, text, own)
  expect(draft.problems).toEqual([])
  expect(peopleIn(draft.text)).toEqual({
    from: 'directory',
    except: ['carla@contoso.example'],
    addresses: { 'anna@contoso.example': { pbx: ['1001', '1002'] } },
  })
  expect(draft.lineOf('tenants[0].people.addresses["anna@contoso.example"].pbx[1]')).toBe(2)
  expect(draftTable('upn,name\nanna@contoso.example,A', text, own).problems[0]!.message).toBe(
    'comes from the directory here',
  )
})
