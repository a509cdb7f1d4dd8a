import { expect, it } from 'vitest'
import { parseConfig } from './load.ts'
import type { ConfigError } from './problem.ts'

const listed = [{ upn: 'Anna@contoso.example', groups: ['sales'] }]

function faultsOf(hidden: readonly object[], people: unknown = listed): readonly string[] {
  const token = { token: 'desk-desk-desk-desk', name: 'desk', viewer: 'reception' }
  const text = JSON.stringify({ http: { tokens: [token] }, tenants: [{ id: 'contoso', people, hidden }] })
  try {
    parseConfig(text, { file: 'hookswitch.yaml', types: {}, env: {} })
    return []
  } catch (error) {
    return (error as ConfigError).problems.map(({ path, message }) => `${path} ${message}`)
  }
}

it('SW-02: takes people, groups and viewers that there are', () => {
  const all = { people: ['anna@contoso.example'], groups: ['sales'], viewers: ['reception'] }
  expect(faultsOf([all, { people: ['ANNA@contoso.example'] }])).toEqual([])
})

it('SW-02: a rule that hides nobody, or from nobody, is refused', () => {
  expect(faultsOf([{ viewers: ['reception'] }])).toEqual(['tenants[0].hidden[0] hides nobody'])
  expect(faultsOf([{ people: ['ben@contoso.example'], groups: ['sale'], viewers: ['receptoin'] }])).toEqual([
    'tenants[0].hidden[0].people[0] is not known in this tenant',
    'tenants[0].hidden[0].groups[0] is not known in this tenant',
    'tenants[0].hidden[0].viewers[0] is the viewer of no API token',
  ])
  const directory = { from: 'directory' }
  expect(faultsOf([{ people: ['ben@contoso.example'] }], directory)).toEqual([])
  expect(faultsOf([{ groups: ['sales'] }], directory)).toEqual([
    'tenants[0].hidden[0].groups cannot be told for people from the directory',
  ])
})
