import { describe, expect, test } from 'vitest'
import { link } from '../../test/support/points.ts'
import type { Archive, PolicyVersionRow } from '../core/history.ts'
import type { Policy } from '../core/policy.ts'
import { defaultPolicy } from '../core/policy.ts'
import type { Clock, Store } from '../core/ports.ts'
import { BUSY, IN_A_CALL } from '../core/presence.ts'
import { PolicyBook } from './policy-book.ts'
import { diffPolicies } from './policy-diff.ts'
import { readPolicy, writePolicy } from './policy-text.ts'

const first: Policy = {
  ...defaultPolicy,
  links: [link('pbx', 'teams', { people: new Set(['ben', 'anna']) }), link('teams', 'pbx')],
}
const second: Policy = {
  ...first,
  links: [
    link('pbx', 'teams', { graceMs: 5_000, rows: [{ when: {}, act: 'set', state: BUSY }] }),
    link('crm', 'pbx'),
  ],
}

describe('rules as text', () => {
  test('come back as they were: sets, maps and states included', () => {
    const ring = {
      ...defaultPolicy.ring,
      breakthrough: { ...defaultPolicy.ring.breakthrough, people: new Map([['anna', ['+49']]]) },
    }
    const again = readPolicy(writePolicy({ ...first, ring }))
    expect(again.links[0]!.people).toEqual(new Set(['anna', 'ben']))
    expect(again.ring.breakthrough.people).toEqual(new Map([['anna', ['+49']]]))
    expect(again.links[1]!.rows).toEqual(first.links[1]!.rows)
    expect(again.links[1]!.rows[0]!.state).toBe(IN_A_CALL)
    expect(again.links[1]!.people).toBeUndefined()
  })

  test('the same rules are the same text, whatever the order of keys and members', () => {
    const turned = Object.fromEntries(Object.entries(first).reverse()) as unknown as Policy
    const people = new Set(['anna', 'ben'])
    const links = [{ ...first.links[0]!, people }, first.links[1]!]
    expect(writePolicy({ ...turned, links })).toBe(writePolicy(first))
  })
})

test('G-09: two versions are compared value by value, links by their id', () => {
  const differences = diffPolicies(writePolicy(first), writePolicy(second))
  const paths = differences.map(({ path }) => path)
  expect(differences).toContainEqual({ path: 'links.pbx to teams.graceMs', was: '1000', is: '5000' })
  expect(differences).toContainEqual({ path: 'links.pbx to teams.people', was: '{"$set":["anna","ben"]}' })
  expect(paths).toContain('links.pbx to teams.rows.row 1')
  expect(paths).toContain('links.crm to pbx')
  expect(differences.find(({ path }) => path === 'links.teams to pbx')?.is).toBeUndefined()
  expect(paths.filter((path) => path.startsWith('precedence'))).toEqual([])
  expect(diffPolicies(writePolicy(first), writePolicy(first))).toEqual([])
})

describe('G-09: versions of the rules', () => {
  function parts() {
    const versions: PolicyVersionRow[] = []
    const memory = new Map<string, string>()
    const store = {
      commit: async (changes: Parameters<Store['commit']>[0]) => {
        for (const change of changes) {
          if ('put' in change && change.put === 'policyVersion') versions.push(change.row)
          else if ('put' in change && change.put === 'memory') memory.set(change.key, change.body)
          else if ('delete' in change && change.delete === 'memory') memory.delete(change.key)
        }
      },
      memory: async () => new Map(memory),
      policyVersions: async () => [...versions],
    } as unknown as Store & Archive
    return { store, clock: { wall: () => 7 } as Clock }
  }
  const by = (comment: string) => ({ author: 'anna', comment })

  test('are stored when the rules differ, with author and comment', async () => {
    const shared = parts()
    const book = new PolicyBook('t', shared)
    expect(await book.adopt(first, by('begin'))).toBe(true)
    expect(await new PolicyBook('t', shared).adopt(first, by('restart'))).toBe(false)
    const third = new PolicyBook('t', shared)
    expect(await third.adopt(second, by('grace'))).toBe(true)
    expect(third.versions.map(({ version, comment }) => [version, comment])).toEqual([
      [1, 'begin'],
      [2, 'grace'],
    ])
    expect(third.inForce).toMatchObject({ version: 2, policy: { links: [{ graceMs: 5_000 }, {}] } })
  })

  test('an earlier one is put in force and stays so over restarts and further changes, until unpinned', async () => {
    const shared = parts()
    const book = new PolicyBook('t', shared)
    await book.adopt(first, by('begin'))
    await book.adopt(second, by('grace'))
    expect(await book.pin(9, by('no'))).toBe(false)
    expect(await book.pin(1, by('too late at night'))).toBe(true)
    const later = new PolicyBook('t', shared)
    await later.adopt({ ...second, holdMs: 1 }, by('third'))
    expect(later.inForce).toMatchObject({
      version: 1,
      pin: { version: 1, at: 7, author: 'anna', comment: 'too late at night' },
    })
    expect(await later.unpin()).toBe(true)
    expect(await later.unpin()).toBe(false)
    expect(later.inForce.version).toBe(3)
  })
})
