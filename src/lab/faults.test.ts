import { describe, expect, test } from 'vitest'
import { Faults, parseFault } from './faults.ts'

describe('faults', () => {
  test('strike where they aim, as often as they say', () => {
    const faults = new Faults()
    faults.add({ target: 'graph', kind: 'status', status: 503, path: 'setPresence', count: 2 })
    faults.add({ target: 'graph', kind: 'slow', ms: 10 })
    expect(faults.take('entra', '/x')).toEqual([])
    expect(faults.take('graph', '/v1.0/users').map(({ kind }) => kind)).toEqual(['slow'])
    expect(faults.take('graph', '/u/presence/setPresence')).toHaveLength(2)
    expect(faults.list()[0]).toMatchObject({ count: 1 })
    expect(faults.take('graph', '/u/presence/setPresence')).toHaveLength(2)
    expect(faults.take('graph', '/u/presence/setPresence')).toHaveLength(1)
    faults.clear()
    expect(faults.take('graph', '/')).toEqual([])
  })

  test('are told at once, and an immediate one is not kept', () => {
    const faults = new Faults()
    const told: string[] = []
    const stop = faults.on(({ kind }) => told.push(kind))
    faults.add({ target: 'entra', kind: 'revoke-tokens' })
    faults.add({ target: 'ami', kind: 'refuse' })
    stop()
    faults.add({ target: 'ami', kind: 'drop' })
    expect(told).toEqual(['revoke-tokens', 'refuse'])
    expect(faults.inForce('ami', 'refuse')).toBeDefined()
    expect(faults.list().map(({ kind }) => kind)).toEqual(['refuse', 'drop'])
  })

  test('that make no sense are refused with the field', () => {
    expect(parseFault({ target: 'moon', kind: 'slow' })).toMatch(/^target/)
    expect(parseFault({ target: 'graph', kind: 'nice' })).toMatch(/^kind/)
    expect(parseFault({ target: 'graph', kind: 'status' })).toMatch(/^status/)
    expect(parseFault({ target: 'graph', kind: 'slow' })).toMatch(/^ms/)
    expect(parseFault({ target: 'graph', kind: 'drop', count: 0 })).toMatch(/^count/)
    expect(parseFault({ target: 'graph', kind: 'drop', when: 'soon' })).toMatch(/^when/)
    expect(parseFault({ target: 'graph', kind: 'drop', colour: 1 })).toMatch(/^colour/)
    expect(parseFault({ target: 'graph', kind: 'drop', path: 1 })).toMatch(/^path/)
  })
})
