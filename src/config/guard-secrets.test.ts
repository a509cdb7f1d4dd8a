// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how references are written
import { expect, test } from 'vitest'
import { guardSecrets } from './guard-secrets.ts'

const text = { type: 'string' }
const phone = {
  configSchema: {
    type: 'object',
    properties: {
      host: { ...text, address: true },
      caFile: { ...text, address: true, local: true },
      title: text,
      password: { ...text, secret: true },
      account: { type: 'object', properties: { pin: { ...text, secret: true } } },
    },
  },
}
const types = { phone, otherPhone: phone }
const stored = '${secret:connectors/pbx/password/3}'
const pbx = { id: 'pbx', type: 'phone', host: 'pbx.example', password: stored }
const hookSecret = '${secret:webhooks/wall/secrets/0/3}'
const hook = { id: 'wall', url: 'https://wall.example/', secrets: [hookSecret] }
const rootOf = (...connectors: readonly object[]) => ({
  tenants: [
    { id: 'other', connectors: [] },
    { id: 't', connectors, webhooks: [hook] },
  ],
})
const former = rootOf(pbx)

const guard = (root: unknown, fresh: readonly string[] = []) =>
  guardSecrets(root, {
    ...{ tenant: 't', former, types },
    fresh: fresh.map((name) => ({ tenant: 't', name, value: 'x' })),
  }).map(({ path, message }) => `${path} ${message}`)

test('a stored secret stays where it is, whatever else changes', () => {
  expect(guard(former)).toEqual([])
  expect(guard(rootOf({ ...pbx, title: 'Main' }, { id: 'b', type: 'phone', host: 'b.example' }))).toEqual([])
})

test.each([
  ['another address', { ...pbx, host: 'evil.example' }, 'has to come again, because host is another one'],
  ['no address any more', { ...pbx, host: undefined }, 'has to come again, because host is another one'],
  ['another type', { ...pbx, type: 'otherPhone' }, 'has to come again, because the type is another one'],
])('%s: the secret has to come with it', (_, connector, message) => {
  expect(guard(rootOf(connector))).toEqual([`tenants[1].connectors[0].password ${message}`])
  const password = '${secret:connectors/pbx/password/4}'
  expect(guard(rootOf({ ...connector, password }), ['connectors/pbx/password/4'])).toEqual([])
})

test('a stored secret is named by nothing else, and in no other field', () => {
  const elsewhere = { id: 'new', type: 'phone', host: 'evil.example', password: stored }
  expect(guard(rootOf(pbx, elsewhere))).toEqual([
    'tenants[1].connectors[1].password refers to a secret that was not given for this',
  ])
  expect(guard(rootOf({ ...pbx, title: `x ${stored}` }))).toEqual([
    'tenants[1].connectors[0].title refers to a secret, and this is no field for one',
  ])
  const tenant = { id: 't', connectors: [pbx], webhooks: [hook], people: [{ upn: 'a@t', name: stored }] }
  expect(guard({ tenants: [{ id: 'other' }, tenant] })).toEqual([
    'tenants[1].people[0].name refers to a secret, and this is no field for one',
  ])
  // Within its own item it may move: the field is sent to the same address.
  expect(guard(rootOf({ ...pbx, password: undefined, account: { pin: stored } }))).toEqual([])
})

test('webhooks: the newest secret comes first, the former stays; another address wants it again', () => {
  const withHook = (webhook: object) => ({
    tenants: [{ id: 't', connectors: [pbx], webhooks: [webhook] }],
  })
  const secrets = ['${secret:webhooks/wall/secrets/0/4}', hookSecret]
  expect(guard(withHook({ ...hook, secrets }), ['webhooks/wall/secrets/0/4'])).toEqual([])
  expect(guard(withHook({ ...hook, url: 'https://evil.example/' }))).toEqual([
    'tenants[0].webhooks[0].secrets[0] has to come again, because url is another one',
  ])
})

test('a file of the hub’s machine is not for a tenant to name', () => {
  expect(guard(rootOf({ ...pbx, password: undefined, caFile: '/etc/passwd' }))).toEqual([
    'tenants[1].connectors[0].caFile names a file of the machine that the hub runs on, which its operators do',
  ])
})
