import { expect, test } from 'vitest'
import type { Account, Grant } from '../core/access.ts'
import type { AuditEntry } from '../core/history.ts'
import type { Clock } from '../core/ports.ts'
import { soleRows } from '../core/shared-rows.ts'
import { AccountBook } from './account-book.ts'
import { AccountDesk } from './account-desk.ts'
import { Attempts } from './attempts.ts'
import { SessionBook } from './session-book.ts'

const store = { commit: async () => {}, memory: async () => new Map() }
const rows = soleRows(store)
const clock = { wall: () => Date.UTC(2026, 10, 21), monotonic: () => 0 } as Clock
const ofContoso = ({ grants }: Account) =>
  grants.every((grant) => grant.role !== 'operator' && grant.tenant === 'contoso')
const operator = { who: 'olga' }
const administrator = { who: 'ada', looksAfter: ofContoso }
const member: Grant = { role: 'supervisor', tenant: 'contoso' }

async function openDesk() {
  const accounts = new AccountBook(store, clock)
  const sessions = new SessionBook(rows, clock, { idleMs: 1, wholeMs: 1 })
  const noted: AuditEntry[] = []
  const desk = new AccountDesk({
    ...{
      accounts,
      sessions,
      rows,
      clock,
      attempts: new Attempts(clock),
      outside: { list: () => [], view: () => undefined },
    },
    note: async (entry) => void noted.push(entry),
  })
  const { id } = (await accounts.add({ name: 'uwe', displayName: 'Uwe', grants: [member] }))!
  return { desk, id, noted }
}

test('who became an operator while an administrator was asking is not touched any more', async () => {
  const { desk, id, noted } = await openDesk()
  const raised = desk.change(id, { grants: [{ role: 'operator' }] }, operator)
  const tried = await Promise.all([
    desk.link(id, administrator),
    desk.change(id, { displayName: 'Other' }, administrator),
    desk.endSessions(id, administrator),
    desk.remove(id, administrator),
  ])
  expect(await raised).toMatchObject({ grants: [{ role: 'operator' }] })
  expect(tried).toEqual([undefined, undefined, undefined, undefined])
  expect(noted.map(({ who }) => who)).not.toContain('ada')
  expect(desk.get(id)).toMatchObject({ displayName: 'Uwe' })
  expect(desk.get(id)?.linkUntil).toBeUndefined()
})

test('an account that they look after is theirs to change', async () => {
  const { desk, id } = await openDesk()
  expect(await desk.link(id, administrator)).toHaveProperty('code')
  expect(await desk.change(id, { displayName: 'Uwe K.' }, administrator)).toMatchObject({
    displayName: 'Uwe K.',
  })
})
