import { expect, test } from 'vitest'
import type { AlertView } from './alert.ts'
import type { ActionItem } from './consent-port.ts'
import { viewFleet } from './fleet.ts'
import type { ConnectorView } from './view.ts'

const connector = (tenant: string, state: 'up' | 'down' | 'degraded', problems = 0) =>
  ({
    ...{ tenant, id: 'pbx', title: 'PBX', health: { state, detail: 'no answer', since: 1 } },
    problems: Array.from({ length: problems }, () => ({
      kind: 'unmatched',
      who: 'x',
      reason: 'y',
      fix: 'z',
    })),
  }) as unknown as ConnectorView
const alert = (tenant: string, kind: AlertView['kind'], title: string) =>
  ({ tenant, kind, title }) as AlertView
const item = (tenant: string, state: ActionItem['state']) =>
  ({ tenant, state, kind: 'people', title: 'Match people' }) as ActionItem

test('who has problems comes first, with what is wrong; who has none says so', () => {
  const fleet = viewFleet({
    tenants: ['alpha', 'beta', 'gamma', 'delta'],
    people: new Map([['alpha', 3]]),
    connectors: [
      connector('alpha', 'up'),
      connector('beta', 'up', 2),
      connector('gamma', 'down'),
      connector('delta', 'up'),
    ],
    alerts: [alert('delta', 'secretExpiring', 'Secret ends'), alert('delta', 'signIn', 'Sign in again')],
    items: [item('alpha', 'done'), item('beta', 'open')],
    rules: new Map([['alpha', 7]]),
  })
  expect(fleet.map(({ tenant, condition }) => [tenant, condition])).toEqual([
    ['delta', 'broken'],
    ['gamma', 'broken'],
    ['beta', 'attention'],
    ['alpha', 'fine'],
  ])
  expect(fleet[0]!.reasons).toEqual(['Sign in again', 'Secret ends'])
  expect(fleet[1]!.reasons).toEqual(['PBX: no answer'])
  expect(fleet[2]).toMatchObject({ unmatched: 2, openItems: 1, reasons: ['Match people'] })
  expect(fleet[3]).toMatchObject({
    people: 3,
    rules: 7,
    reasons: [],
    connectors: { all: 1, down: 0, degraded: 0 },
  })
})
