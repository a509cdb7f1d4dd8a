import { expect, test } from 'vitest'
import { ownTrips, RoundTrips } from '../access/oidc/round-trips.ts'
import type { ConsentDoor } from '../core/account-door.ts'
import type { Clock, Log } from '../core/ports.ts'
import { ConsentBook } from './consent-book.ts'
import { ConsentDesk } from './consent-desk.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} } as unknown as Log
const who = 'olga'

/** Everyone who signs in is Gina; `meanwhile` happens while the system is asked what is missing. */
function setUp() {
  const world = { meanwhile: async (): Promise<unknown> => undefined }
  const door = {
    consentAddress: () => '',
    readConsent: () => undefined,
    proofAddress: async () => '',
    redeem: async () => ({ organisation: 'contoso-org', id: 'gina', name: 'gina' }),
    missingIn: async () => {
      const { meanwhile } = world
      world.meanwhile = async () => undefined
      await meanwhile()
      return []
    },
  } as unknown as ConsentDoor
  const clock = { wall: () => 0, monotonic: () => 0 } as Clock
  const book = new ConsentBook({ commit: async () => {}, memory: async () => new Map() })
  const changed: string[] = []
  const desk = new ConsentDesk({
    ...{ book, clock, log: quiet, door: () => door, needOf: () => ({ readOnly: false }) },
    trips: new RoundTrips(ownTrips(clock)),
    note: async () => {},
    changed: async (tenant) => void changed.push(tenant),
  })
  const came = (kept: string) => ({ redirectUri: 'http://127.0.0.1/', query: new URLSearchParams(), kept })
  const consent = async (tenant: string) => {
    const made = await desk.makeLink(tenant, who)
    const sent = desk.follow({ code: 'code' in made ? made.code : '', redirectUri: '' })
    const back = await desk.end(came('kept' in sent ? sent.kept : ''))
    return desk.end(came('next' in back ? back.next.kept : ''))
  }
  const confirm = (tenant: string) => desk.confirm(tenant, book.of(tenant).proof?.id ?? '', who)
  return { world, desk, book, changed, consent, confirm }
}

test('VO-12: a link that is taken back while somebody consents by it stays so, and proves nothing', async () => {
  const { world, desk, book, consent } = setUp()
  world.meanwhile = () => desk.endLink('contoso', who)
  expect(await consent('contoso')).toMatchObject({ refused: expect.stringContaining('taken back') })
  expect(book.of('contoso')).toEqual({ lastRefusal: expect.anything() })
})

test('VO-13: a proof that is taken back while it is confirmed is not switched on', async () => {
  const { world, desk, book, changed, consent, confirm } = setUp()
  expect(await consent('contoso')).toHaveProperty('done')
  world.meanwhile = () => desk.withdraw('contoso', who)
  expect(await confirm('contoso')).toHaveProperty('refused')
  expect([book.of('contoso').grant, changed]).toEqual([undefined, []])
})

test('VO-13: of two tenants that confirm one organisation at once one gets it', async () => {
  const { book, changed, consent, confirm } = setUp()
  for (const tenant of ['contoso', 'other']) expect(await consent(tenant)).toHaveProperty('done')
  const answers = await Promise.all([confirm('contoso'), confirm('other')])
  expect(answers).toEqual([undefined, { refused: expect.stringContaining('another tenant') }])
  expect([book.of('other').grant, changed]).toEqual([undefined, ['contoso']])
})
