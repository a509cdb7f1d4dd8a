import { expect, test } from 'vitest'
import { parseConfig } from './load.ts'
import { ConfigError } from './problem.ts'

const entra = {
  id: 'entra',
  title: 'Microsoft',
  issuer: 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0',
  clientId: 'hub',
  trustMail: true,
  grants: [
    { claim: 'roles', value: 'Hookswitch.Operator', role: 'operator' },
    { claim: 'groups', value: 'g-1', role: 'supervisor', tenant: 'contoso', groups: ['support'] },
    { role: 'member', tenant: 'contoso' },
  ],
}

function parse(...providers: object[]) {
  const text = JSON.stringify({ signIn: { providers }, tenants: [{ id: 'contoso' }] })
  return parseConfig(text, { file: '/x/hookswitch.yaml', types: {}, env: {} })
}

function faults(...providers: object[]): string {
  try {
    parse(...providers)
    return ''
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
}

test('a provider with rules is taken, with the scopes that most need', () => {
  expect(parse(entra).signIn?.providers[0]).toMatchObject({ scopes: ['openid', 'profile', 'email'] })
})

test('a client secret is among what the log hides', () => {
  expect(parse({ ...entra, clientSecret: 'sesame-open-12345' }).secrets).toContain('sesame-open-12345')
})

test.each([
  [{ issuer: 'https://login.microsoftonline.com/common/v2.0' }, 'every tenant of Entra ID'],
  [{ issuer: 'http://id.contoso.example' }, 'no https address'],
  [{ grants: [] }, 'grants'],
  [{ grants: [{ role: 'operator' }] }, 'makes everyone whom the provider signs in operator'],
  [{ grants: [{ claim: 'roles', role: 'operator' }] }, 'grants[0].value is missing'],
  [{ grants: [{ claim: 'roles', value: 'A', role: 'admin' }] }, 'grants[0].tenant is missing'],
  [{ grants: [{ claim: 'roles', value: 'A', role: 'admin', tenant: 'contosso' }] }, 'not the id of a tenant'],
  [
    { grants: [{ claim: 'roles', value: 'A', role: 'operator', tenant: 'contoso' }] },
    'no meaning for operator',
  ],
  [
    { grants: [{ claim: 'roles', value: 'A', role: 'admin', tenant: 'contoso', groups: ['b'] }] },
    'for supervisor only',
  ],
  [{ trustMail: false, grants: [{ role: 'member', tenant: 'contoso' }] }, 'Set trustMail'],
])('what does not fit is named: %j', (change, words) => {
  expect(faults({ ...entra, ...change })).toContain(words)
})

test('two providers have two ids; plain http is for loopback', () => {
  expect(faults(entra, entra)).toContain('repeats the id')
  expect(faults({ ...entra, issuer: 'http://127.0.0.1:9000' })).toBe('')
})
