import { expect, test } from 'vitest'
import { ConnectorFailure } from '../../core/connector.ts'
import { createTabPort, type TabParts } from './tab.ts'
import { keepOwnSessions } from './tab-sessions.ts'

const clock = { wall: () => 1000, monotonic: () => 1000 }
const silent = { info() {}, warn() {}, error() {} }

/** Two tenants of ours, both parts of organisation `o`: the token is for either, and each has its own people. */
function portOf(answers: Readonly<Record<string, unknown>>) {
  const tenants = ['t1', 't2'].map((id) => [id, { config: { id, connectors: [connectorOf(id)] } }] as const)
  const actor = (tenant: string) => ({
    presentity: { id: `anna-${tenant}`, tenant, upn: 'anna@o.example', displayName: 'Anna', points: [] },
  })
  const parts = {
    ...{ clock, log: silent, outbound: { fetch } },
    registry: {
      fake: {
        openFrameDoor: ({ tenant }: { readonly tenant: string }) => ({
          isFor: (token: string) => token === 'of o',
          async redeem() {
            const answer = answers[tenant]
            if (answer instanceof Error) throw answer
            return { organisation: 'o', id: answer, name: 'anna@elsewhere.example' }
          },
        }),
      },
    },
    engine: {
      people: {
        at: (tenant: string, _connector: string, id: string) =>
          id === tenant ? [{ actor: actor(tenant), point: {} }] : [],
        get: () => undefined,
      },
    },
  }
  return createTabPort({
    ...{ tenants: new Map(tenants), parts, sessions: keepOwnSessions(clock) },
  } as unknown as TabParts)
}

const connectorOf = (tenant: string) => ({ id: 'teams', type: 'fake', settings: { tenant } })
const begin = (answers: Readonly<Record<string, unknown>>, token = 'of o') =>
  portOf(answers).begin({ token, host: 'hub.example' })
const notAccepted = new ConnectorFailure('auth-failed', 'Not accepted.', { fix: 'Do this.' })

test('CT-12: where two tenants are parts of one organisation, whoever is in either comes in', async () => {
  expect(await begin({ t1: 't1', t2: 'x' })).toMatchObject({ tenant: 't1', person: 'anna-t1' })
  expect(await begin({ t1: 'x', t2: 't2' })).toMatchObject({ tenant: 't2', person: 'anna-t2' })
  expect(await begin({ t1: notAccepted, t2: 't2' })).toMatchObject({ tenant: 't2', person: 'anna-t2' })
})

test('CT-12: who comes in nowhere is told why', async () => {
  const nobody = { refused: expect.stringContaining('belongs to no person') }
  expect(await begin({ t1: 'x', t2: 'y' })).toEqual(nobody)
  expect(await begin({ t1: notAccepted, t2: 'y' })).toEqual(nobody)
  expect(await begin({ t1: notAccepted, t2: notAccepted })).toEqual({ refused: 'Not accepted. Do this.' })
  const unread = { refused: expect.stringContaining('cannot be read just now') }
  expect(await begin({ t1: new TypeError('fetch failed'), t2: notAccepted })).toEqual(unread)
  expect(await begin({ t1: 't1' }, 'of p')).toEqual({
    refused: expect.stringContaining('no organisation that is connected'),
  })
})
