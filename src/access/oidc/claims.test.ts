import { expect, test } from 'vitest'
import { type Claims, judge, nameOf, readClaim, trustedAddresses } from './claims.ts'
import type { GrantRule, ProviderSettings } from './settings.ts'

const settings = (...grants: GrantRule[]): ProviderSettings => ({
  ...{ id: 'idp', title: 'Contoso ID', issuer: 'https://id.contoso.example', clientId: 'hub' },
  ...{ scopes: [], trustMail: true, grants },
})
const findPerson = (tenant: string, address: string) =>
  tenant === 'contoso' && address === 'anna@contoso.example' ? 'anna@contoso.example' : undefined
const grants = (claims: Claims, ...rules: GrantRule[]) => judge(claims, settings(...rules), findPerson)

test.each<[Claims, string, string, boolean]>([
  [{ roles: ['A', 'B'] }, 'roles', 'B', true],
  [{ roles: 'B' }, 'roles', 'B', true],
  [{ roles: ['a'] }, 'roles', 'A', false],
  [{ roles: ['AB'] }, 'roles', 'A', false],
  [{ realm_access: { roles: ['A'] } }, 'realm_access.roles', 'A', true],
  [{ 'https://contoso.example/roles': ['A'] }, 'https://contoso.example/roles', 'A', true],
  [{ staff: true }, 'staff', 'true', true],
  [{ roles: [{ toString: 'A' }] }, 'roles', '[object Object]', false],
  [{}, 'constructor.name', 'Object', false],
  [{}, 'roles', 'undefined', false],
])('%j: %s = %s is %s', (claims, claim, value, fits) => {
  expect('refused' in grants(claims, { claim, value, role: 'operator' })).toBe(!fits)
})

test('every rule that fits counts', () => {
  const given = grants(
    { roles: ['A'], email: 'Anna@contoso.example' },
    { claim: 'roles', value: 'A', role: 'admin', tenant: 'contoso' },
    { claim: 'roles', value: 'B', role: 'operator' },
    { role: 'supervisor', tenant: 'contoso', groups: ['support'] },
    { role: 'member', tenant: 'contoso' },
    { role: 'member', tenant: 'fabrikam' },
  )
  expect(given).toEqual([
    { role: 'admin', tenant: 'contoso' },
    { role: 'supervisor', tenant: 'contoso', groups: ['support'] },
    { role: 'member', tenant: 'contoso', person: 'anna@contoso.example' },
  ])
})

const tid = '11111111-2222-3333-4444-555555555555'
const ours = {
  tid,
  iss: `https://login.microsoftonline.com/${tid}/v2.0`,
  preferred_username: 'anna@contoso.example',
}

test.each<[string, Claims, readonly string[]]>([
  ['a member of the tenant', ours, ['anna@contoso.example']],
  [
    'named by the older issuer',
    { ...ours, idp: `https://sts.windows.net/${tid}/` },
    ['anna@contoso.example'],
  ],
  ['a guest by idp', { ...ours, idp: 'https://sts.windows.net/another/' }, []],
  ['a guest of a consumer provider', { ...ours, idp: 'live.com' }, []],
  ['a guest by acct', { ...ours, acct: 1 }, []],
  [
    'a guest by the form of its name',
    { ...ours, preferred_username: 'a_b.example#EXT#@contoso.example' },
    [],
  ],
  ['of another tenant', { ...ours, tid: 'another' }, []],
  ['by mail alone', { tid, iss: ours.iss, email: 'anna@contoso.example' }, []],
])('Entra: %s', (_, claims, addresses) => {
  expect(trustedAddresses(claims)).toEqual(addresses)
})

test('another provider: a mail address unless it says that it is not verified', () => {
  const email = 'anna@contoso.example'
  expect(trustedAddresses({ email })).toEqual([email])
  for (const email_verified of [false, 'false'])
    expect(trustedAddresses({ email, email_verified })).toEqual([])
  expect(trustedAddresses({ email: 'no address', preferred_username: email })).toEqual([])
})

test('too many groups for the token are told', () => {
  const refused = grants(
    { sub: 's', _claim_names: { groups: 'src1' } },
    { claim: 'groups', value: 'g', role: 'operator' },
  )
  expect(refused).toMatchObject({ refused: expect.stringContaining('use app roles') })
})

test('names are of one line; what is missing is the subject', () => {
  expect(nameOf({ sub: 's-1' })).toEqual({ name: 's-1', displayName: 's-1' })
  expect(nameOf({ sub: 's', name: 'A\u001b[31m\nB', preferred_username: 'a\u202eb' })).toEqual({
    name: 'a b',
    displayName: 'A [31m B',
  })
  expect(readClaim({ a: { b: 1 } }, 'a.b.c')).toBeUndefined()
})
