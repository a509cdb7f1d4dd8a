// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how references are written
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { ConnectorTypes } from './connector-types.ts'
import { deleteItem, NothingToEdit, putItem } from './edit-document.ts'
import { parseConfig } from './load.ts'
import { ConfigError } from './problem.ts'
import { listReferences, type SealedDocument, sealDocument, tenantAt } from './seal-document.ts'

const text = { type: 'string' }
const types: ConnectorTypes = {
  phone: {
    configSchema: {
      type: 'object',
      properties: {
        host: text,
        password: { type: 'string', minLength: 4, secret: true },
        account: { type: 'object', properties: { token: { type: 'string', secret: true }, name: text } },
        lines: {
          type: 'array',
          items: { type: 'object', properties: { id: text, pin: { type: 'string', secret: true } } },
        },
      },
      required: ['password'],
    },
  },
}

const before = `# our hub
tenants:
  - id: contoso # the first customer
    connectors:
      - id: pbx
        type: phone
        host: a
        password: "p$\${ss word"
        account: { token: 0123, name: x }
    people:
      - upn: anna@contoso.example
        addresses: { pbx: 0123 }
`

function seal(written: string, former = 'tenants: []\n', version = 1): SealedDocument {
  const sealed = sealDocument(written, { types, former: parse(former), version })
  if (!('text' in sealed)) throw new Error(JSON.stringify(sealed))
  return sealed
}

test('clear secrets become references named by their place; comments and what is written stay', () => {
  const sealed = seal(before)
  expect(sealed.fresh).toEqual([
    { tenant: 'contoso', name: 'connectors/pbx/password/1', value: 'p${ss word' },
    { tenant: 'contoso', name: 'connectors/pbx/account/token/1', value: '0123' },
  ])
  expect(sealed.text).toContain('# the first customer')
  expect(sealed.text).toContain('pbx: "0123"')
  expect(sealed.text).not.toContain('ss word')
  expect(listReferences(sealed.root)).toEqual(sealed.fresh.map(({ tenant, name }) => ({ tenant, name })))
  expect(seal(sealed.text, sealed.text, 2)).toEqual({ ...sealed, fresh: [] })
})

test('a secret that is left out stays; null takes it out; another type of connector keeps nothing', () => {
  const { text: former } = seal(before)
  const put = (value: object) =>
    seal(
      putItem(former, { kind: 'connector', tenant: 'contoso', id: 'pbx' }, { type: 'phone', ...value }),
      former,
      2,
    )
  const kept = put({ host: 'b', account: { name: 'y' } })
  expect(listReferences(kept.root)).toHaveLength(2)
  expect(kept.fresh).toEqual([])
  expect(listReferences(put({ account: { token: null } }).root)).toEqual([
    { tenant: 'contoso', name: 'connectors/pbx/password/1' },
  ])
  const [changed] = put({ password: 'another' }).fresh
  expect(changed).toEqual({ tenant: 'contoso', name: 'connectors/pbx/password/2', value: 'another' })
  const none = seal(former.replace(/password:.*/, 'password: null'), '', 2)
  expect(listReferences(none.root)).toHaveLength(1)
  expect(listReferences(put({ type: 'other' }).root)).toEqual([])
})

test('secrets in lists are sealed, each under its own name', () => {
  const lines = [{ id: 'a', pin: 'pin-of-a' }, { pin: 'pin-of-b' }]
  const item = { kind: 'connector', tenant: 'contoso', id: 'pbx' } as const
  const { fresh } = seal(putItem(before, item, { type: 'phone', password: 'long', lines }))
  expect(fresh.map(({ name }) => name)).toEqual([
    'connectors/pbx/password/1',
    'connectors/pbx/lines/a/pin/1',
    'connectors/pbx/lines/1/pin/1',
  ])
})

test('what cannot be sealed is refused with its place, and no value is repeated', () => {
  const wrong = sealDocument(before.replace('p$${ss word', 'half${secret:x}half'), {
    ...{ types, former: '', version: 1 },
  })
  expect(wrong).toMatchObject([{ path: 'tenants[0].connectors[0].password' }])
  expect(JSON.stringify(wrong)).not.toContain('half')
  expect(sealDocument('a: &x 1\nb: *x\n', { types, former: '', version: 1 })).toMatchObject([{ path: '' }])
  expect(sealDocument('tenants: [', { types, former: '', version: 1 })).toHaveLength(1)
})

test('a stored configuration takes only secrets of the same tenant: no file, no environment, no neighbour', () => {
  const load = (password: string) => {
    const written = before.replace('"p$${ss word"', password)
    const root: unknown = parse(written)
    const secret = (name: string, path: readonly (string | number)[]) =>
      tenantAt(root, path) === 'contoso' && name === 'own' ? 'opened' : undefined
    return parseConfig(written, { file: 'stored', types, env: { HOME: 'x' }, secret })
  }
  expect(load('"${secret:own}"').tenants[0]!.connectors[0]!.settings.password).toBe('opened')
  expect(load('"${secret:own}"').secrets).toContain('opened')
  for (const password of ['"${env:HOME}"', '"${file:/etc/passwd}"', '"${secret:fabrikam/own}"'])
    expect(() => load(password)).toThrow(ConfigError)
  const nobody = { file: 'stored', types, env: {}, secret: () => undefined }
  expect(parseConfig('tenants: []\n', nobody).tenants).toEqual([])
})

test('items are put, replaced and deleted by what identifies them; the rest stays as written', () => {
  const person = { kind: 'person', tenant: 'contoso', upn: 'ANNA@contoso.example' } as const
  const renamed = putItem(before, { ...person, upn: 'anna@contoso.example' }, { name: 'Anna' })
  expect(parse(renamed).tenants[0].people).toEqual([{ upn: 'anna@contoso.example', name: 'Anna' }])
  expect(parse(deleteItem(before, person)).tenants[0].people).toEqual([])
  const link = { kind: 'link', tenant: 'contoso', from: 'pbx', to: 'teams' } as const
  const linked = putItem(before, link, { grace: 2 })
  expect(parse(linked).tenants[0].links).toEqual([{ from: 'pbx', to: 'teams', grace: 2 }])
  expect(linked).toContain('# the first customer')
  expect(parse(putItem('tenants: []\n', { kind: 'tenant', tenant: 'new' }, {}))).toEqual({
    tenants: [{ id: 'new' }],
  })
  expect(() => deleteItem(before, link)).toThrow(NothingToEdit)
  expect(() => putItem(before, { ...link, tenant: 'nobody' }, {})).toThrow('no tenant "nobody"')
  const directory = before.replace(/people:[\s\S]*/, 'people: { from: directory }\n')
  expect(() => putItem(directory, person, {})).toThrow('come from its directory')
})
