import { expect, it } from 'vitest'
import { parseConfig } from './load.ts'
import { ConfigError } from './problem.ts'

const secret = 'a-secret-of-16-or-more'

function parse(
  webhooks: readonly object[],
  people: unknown = [{ upn: 'Anna@contoso.example', groups: ['sales'] }],
) {
  const connectors = [{ id: 'pbx', type: 'phones' }]
  const text = JSON.stringify({ tenants: [{ id: 'contoso', connectors, people, webhooks }] })
  const types = { phones: { configSchema: { type: 'object', properties: {} } } }
  return parseConfig(text, { file: 'hookswitch.yaml', types, env: {} })
}

/** What is wrong, as `path message`. */
function faultsOf(webhooks: readonly object[]): readonly string[] {
  try {
    parse(webhooks)
    return []
  } catch (error) {
    return (error as ConfigError).problems.map(({ path, message }) => `${path} ${message}`)
  }
}

it('takes a webhook with all that it may name, and hides its secrets', () => {
  const one = { id: 'wallboard', url: 'https://host.example/in?key=1', secrets: [secret, `${secret}-2`] }
  const all = { people: ['anna@contoso.example'], groups: ['sales'], systems: ['pbx'] }
  const config = parse([
    { ...one, ...all },
    { ...one, id: 'near', url: 'http://127.0.0.1:9000/in' },
  ])
  expect(config.tenants[0]!.webhooks).toMatchObject([
    { id: 'wallboard', ...all },
    { id: 'near', people: [] },
  ])
  expect(config.secrets).toEqual([secret, `${secret}-2`])
})

it('names whatever does not exist, repeats itself, or would go over the network in the clear', () => {
  const one = { id: 'a', url: 'https://host.example', secrets: [secret] }
  expect(
    faultsOf([
      { ...one, url: 'http://host.example' },
      { ...one, url: 'https://user:password@host.example' },
      { ...one, id: 'c', people: ['ben@contoso.example'], groups: ['sale'], systems: ['pbx', 'crm'] },
    ]),
  ).toEqual([
    'tenants[0].webhooks[0].url is no https address',
    'tenants[0].webhooks[1].id repeats the id at tenants[0].webhooks[0].id',
    'tenants[0].webhooks[1].url is no https address',
    'tenants[0].webhooks[2].people[0] is not known in this tenant',
    'tenants[0].webhooks[2].groups[0] is not known in this tenant',
    'tenants[0].webhooks[2].systems[1] is not known in this tenant',
  ])
  expect(faultsOf([{ id: 'a', url: 'https://host.example', secrets: ['short'] }])).toHaveLength(1)
})

it('knows nobody by name where people come from the directory', () => {
  const one = { id: 'a', url: 'https://host.example', secrets: [secret], people: ['ben@contoso.example'] }
  expect(() => parse([one], { from: 'directory' })).not.toThrow()
})

it('is an error with its place', () => {
  expect(() => parse([{ id: 'a', url: 'nonsense', secrets: [secret] }])).toThrow(ConfigError)
})
