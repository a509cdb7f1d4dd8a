import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Asked, type Asking, type Role, roles, table } from './access-table.ts'
import { startWorld, tenants, type Who, type World } from './access-world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

interface Operation {
  readonly operationId: string
  readonly security?: readonly unknown[]
}

async function listOperations(): Promise<readonly Operation[]> {
  const { text } = await world.ask('nobody', { method: 'GET', path: '/api/v1/openapi.json' })
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, Operation>> }
  return Object.values(paths).flatMap((path) => Object.values(path))
}

const rows = Object.entries(table).flatMap(([id, { may, ask }]) =>
  may === 'everyone' || !ask ? [] : [{ id, may: may as readonly Role[], ask }],
)

const isWhole = (role: Role) => role === 'operator' || role === 'monitor'
/** What somebody of a tenant may do, too. */
const shared = rows.filter(({ may }) => may.some((role) => !isWhole(role)))

const as = (role: Role, tenant: string) => (isWhole(role) ? role : `${role} ${tenant}`) as Who

let count = 0
/** An account that the request may be about: made for it, because it may delete it. */
async function about(place: string): Promise<Asking> {
  count += 1
  const body = {
    name: `about-${count}`,
    displayName: 'About',
    grants: [{ role: 'member', tenant: place, person: 'x' }],
  }
  const made = await world.ask('operator', { method: 'POST', path: '/api/v1/accounts', body })
  return { place, count, account: (JSON.parse(made.text) as { account: { id: string } }).account.id }
}

const needsAccount = (asked: Asked) => asked.path.startsWith('/api/v1/accounts/')

async function askAs(who: Who, ask: (about: Asking) => Asked) {
  count += 1
  const asked = ask({ place: 'contoso', account: 'unknown', count })
  return world.ask(who, needsAccount(asked) ? ask(await about('contoso')) : asked)
}

/** Refused by who they are, whatever they asked. */
const door = /may not do this|has not the scope|reaches only some tenants|for people who signed in/

describe('who may call what', () => {
  test('every operation has a row, every row an operation', async () => {
    const operations = await listOperations()
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(table).sort())
    const open = operations.filter(({ security }) => security?.length === 0)
    const everyone = Object.keys(table).filter((id) => table[id]!.may === 'everyone')
    expect(open.map(({ operationId }) => operationId).sort()).toEqual(everyone.sort())
  })

  test.each(rows)('$id: nobody who proves nothing', async ({ ask }) => {
    expect((await askAs('nobody', ask)).status).toBe(401)
  })

  test.each(rows)('$id: each role of the tenant that may, and no other', async ({ id, may, ask }) => {
    for (const role of roles) {
      const { status, text } = await askAs(as(role, 'contoso'), ask)
      const told = `${role}: ${status} ${text.slice(0, 200)}`
      if (may.includes(role)) {
        expect(door.test(text) && status === 403, told).toBe(false)
        if (id !== 'changePassword') expect([401, 403], told).not.toContain(status)
        expect(status === 500, told).toBe(false)
        if (!isWhole(role)) expect(text.includes('fabrikam'), told).toBe(false)
      } else {
        expect(status, told).toBe(403)
        expect(text, told).toMatch(door)
      }
    }
  })

  test.each(shared)('$id: of another tenant, as if there were none', async ({ may, ask }) => {
    for (const role of may.filter((one) => !isWhole(one))) {
      const who = as(role, 'fabrikam')
      const nowhere = await world.ask(who, ask({ place: 'nowhere', account: 'unknown', count }))
      const there = await askAs(who, ask)
      expect([role, there.status, there.text.replaceAll('contoso', 'nowhere')]).toEqual([
        role,
        nowhere.status,
        nowhere.text,
      ])
    }
  })

  test.each(shared)('$id: without naming a tenant, nothing of another', async ({ may, ask }) => {
    for (const role of may.filter((one) => !isWhole(one))) {
      const asked = ask({ place: 'fabrikam', account: 'unknown', count: ++count })
      const path = asked.path.replace(/[?&]tenant=\w+/, '')
      const { tenant: _, ...body } = (asked.body ?? {}) as { tenant?: string }
      const { text } = await world.ask(as(role, 'fabrikam'), {
        ...asked,
        path,
        ...(asked.body !== undefined && { body }),
      })
      expect([role, text.includes('contoso')]).toEqual([role, false])
    }
  })

  test('what systems deliver proves itself: without proof a tenant is like none', async () => {
    for (const role of roles) {
      const ask = (tenant: string) =>
        world.ask(as(role, 'fabrikam'), { method: 'POST', path: `/hooks/${tenant}/pbx` })
      expect(await ask('contoso')).toEqual(await ask('nowhere'))
    }
  })
})

const people = async (who: Who, rest = '') => {
  const { text } = await world.ask(who, { method: 'GET', path: `/api/v1/people?limit=100${rest}` })
  const { people: found, total } = JSON.parse(text) as {
    people: { id: string; tenant: string }[]
    total: number
  }
  expect(total).toBe(found.length)
  return found.map(({ id, tenant }) => `${tenant} ${id.split('@')[0]}`)
}

describe('whom each sees', () => {
  test.each(tenants)('%s: lists and their totals', async (tenant) => {
    const all = ['anna', 'ben', 'same'].map((name) => `${tenant} ${name}`)
    expect(await people(`admin ${tenant}`)).toEqual(all)
    expect(await people(`reader ${tenant}`)).toEqual(all)
    expect(await people(`supervisor ${tenant}`)).toEqual([`${tenant} anna`])
    expect(await people(`member ${tenant}`)).toEqual([`${tenant} anna`])
    expect((await people('operator')).length).toBe(6)
    expect(await people(`reader ${tenant}`, '&text=same')).toEqual([`${tenant} same`])
  })

  test.each(tenants)('%s: who has a namesake elsewhere is the own one', async (tenant) => {
    const path = '/api/v1/people/same@shared.example'
    const { text } = await world.ask(`boss ${tenant}`, { method: 'GET', path })
    expect(JSON.parse(text)).toMatchObject({ tenant })
  })

  test('supervisor and member: a colleague of no group of theirs is nobody, in the stream as well', async () => {
    for (const who of ['supervisor contoso', 'member contoso'] as const) {
      for (const rest of ['', '/explain', '/reachability', `/explain?at=${Date.now()}`]) {
        const asked = { method: 'GET', path: `/api/v1/people/ben@contoso.example${rest}` } as const
        expect([who, rest, (await world.ask(who, asked)).status]).toEqual([who, rest, 404])
      }
      const { text } = await world.ask(who, { method: 'GET', path: '/api/v1/events' })
      expect(text).toContain('anna@contoso.example')
      expect(text).not.toContain('ben@')
    }
  })

  test('member: of others neither pause, nor data, nor erasure', async () => {
    for (const [method, rest] of [
      ['PUT', 'pause'],
      ['DELETE', 'pause'],
      ['GET', 'data'],
      ['DELETE', 'data'],
    ] as const) {
      const path = `/api/v1/people/ben@contoso.example/${rest}`
      const asked = { method, path, ...(method === 'PUT' && { body: {} }) }
      expect((await world.ask('member contoso', asked)).status).toBe(404)
    }
  })
})
