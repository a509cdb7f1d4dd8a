import { expect, test } from 'vitest'
import type { Role } from '../core/access.ts'
import { callerOfSession } from './account-caller.ts'
import type { Caller } from './authorize.ts'
import { createVeil } from './veil.ts'

const person = { tenant: 'contoso', id: 'anna' }
const reader: Caller = { name: 'reader', scopes: ['read'] }

function callerOf(role: Role, tenant = 'contoso', groups?: readonly string[]): Caller {
  const grant = { role, tenant, person: 'Anna', ...(groups && { groups }) } as const
  const account = { id: '1', name: role, displayName: role, grants: [grant], createdAt: 0 }
  return callerOfSession({ account, until: 0 })
}

const supervisor = callerOf('supervisor')
const callers = { operator: callerOf('operator'), admin: callerOf('admin'), member: callerOf('member') }

test('works council mode: reasons are for administrators of the tenant, and for whom they are about', () => {
  const veil = createVeil({ isDiscreet: () => true, groupsOf: () => [] })
  for (const caller of Object.values(callers)) expect(veil.hides(person, caller)).toBe(false)
  for (const caller of [supervisor, reader, undefined]) expect(veil.hides(person, caller)).toBe(true)
  expect(veil.hides({ ...person, tenant: 'fabrikam' }, callers.admin)).toBe(true)
})

test('whom a tenant hides is seen by its administrators and by themselves', () => {
  const veil = createVeil({ isDiscreet: () => false, isHidden: () => true, groupsOf: () => [] })
  for (const caller of Object.values(callers)) expect(veil.withholds(person, caller)).toBe(false)
  for (const caller of [supervisor, reader]) expect(veil.withholds(person, caller)).toBe(true)
})

test('out of reach is not seen: another tenant, a colleague, another group', () => {
  const veil = createVeil({ isDiscreet: () => false, groupsOf: () => ['desk'] })
  const colleague = { ...person, id: 'ben' }
  expect(veil.withholds(colleague, callers.member)).toBe(true)
  expect(veil.withholds(colleague, callers.admin)).toBe(false)
  expect(veil.withholds(person, callerOf('admin', 'fabrikam'))).toBe(true)
  expect(veil.withholds(person, callerOf('supervisor', 'contoso', ['back']))).toBe(true)
  expect(veil.withholds(person, callerOf('supervisor', 'contoso', ['back', 'desk']))).toBe(false)
})

test('callers of one sight see the same people', () => {
  const veil = createVeil({ isDiscreet: () => false, groupsOf: () => [] })
  expect(veil.sight(callerOf('admin'))).toBe(veil.sight(callerOf('admin')))
  const different = [supervisor, reader, ...Object.values(callers), callerOf('admin', 'fabrikam')]
  expect(new Set(different.map((caller) => veil.sight(caller))).size).toBe(different.length)
})
