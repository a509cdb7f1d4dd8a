import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeDelivery } from './decode.ts'
import { valueAt } from './pointer.ts'
import { settingsOf } from './settings.ts'

const states = { Talking: 'busy/inACall', Ready: 'available/available', 'Logged out': 'signedOut' } as const

const decode = (body: unknown, config: Parameters<typeof settingsOf>[0] = {}) =>
  decodeDelivery(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), settingsOf(config))

describe('a JSON pointer', () => {
  it('reads as RFC 6901 has it', () => {
    const document = { a: { 'b/c': [10, { '~': 'x' }] }, '': 1 }
    expect(valueAt(document, '')).toBe(document)
    expect(valueAt(document, '/a/b~1c/0')).toBe(10)
    expect(valueAt(document, '/a/b~1c/1/~0')).toBe('x')
    expect(valueAt(document, '/')).toBe(1)
    for (const missing of ['/x', '/a/b', '/a/b~1c/01', '/a/b~1c/-', '/a/b~1c/length', '/constructor']) {
      expect(valueAt(document, missing), missing).toBeUndefined()
    }
  })
})

describe('a delivery', () => {
  it('is read by its pointers and its table, words in any letter case', () => {
    const config = { personAt: '/agent/login', stateAt: '/agent/state', secondsAt: '/for', states }
    const body = { agent: { login: 7001, state: ' talking ' }, for: 90 }
    expect(decode(body, config)).toEqual({
      said: [{ address: '7001', meaning: 'busy/inACall', seconds: 90, order: undefined }],
      strange: [],
    })
  })

  it('may speak of several people, and of some in words that nobody knows', () => {
    const body = {
      agents: [
        { person: 'a@x', state: 'Ready', at: '2026-11-21T09:00:00Z' },
        { person: 'b@x', state: 'Dancing', at: 5 },
      ],
    }
    expect(decode(body, { itemsAt: '/agents', orderAt: '/at', states })).toMatchObject({
      said: [{ address: 'a@x', meaning: 'available/available', order: Date.UTC(2026, 10, 21, 9) }],
      strange: [{ field: '/state', value: 'Dancing', takenAs: 'nothing said' }],
    })
  })

  it.each([
    ['{"person":', 'the body is no JSON'],
    [{ state: 'busy' }, '/person names nobody: a text is expected there'],
    [{ person: {}, state: 'busy' }, '/person names nobody: a text is expected there'],
    [{ person: 'a@x', state: null }, '/state is no word for a state'],
    [{ person: 'a@x', state: 'busy', seconds: 'soon' }, '/seconds is no number of seconds'],
    [{ person: 'a@x', state: 'busy', seconds: -1 }, '/seconds is no number of seconds'],
  ])('is refused in words: %j', (body, reason) => {
    expect(decode(body)).toBe(reason)
  })

  it('is refused where its list or its order is none', () => {
    expect(decode({ agents: {} }, { itemsAt: '/agents' })).toBe('/agents is no list')
    expect(decode({ person: 'a', state: 'busy', at: 'later' }, { orderAt: '/at' })).toBe(
      '/at is no time and no number',
    )
  })

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), fc.constantFrom('', '/a', '/0'), (text, itemsAt) => {
        decode(text, { itemsAt, orderAt: '/at' })
      }),
    )
  })
})
