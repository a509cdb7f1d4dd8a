import { describe, expect, test } from 'vitest'
import { createRecording } from './live-recording.ts'
import { createTally, readSafely, recordFetch } from './live-wire.ts'

describe('a recording', () => {
  test('names nobody, also in what was recorded before a name was known', () => {
    const recording = createRecording()
    recording.record({ path: '/users/ANNA@contoso.example', address: '1001', long: '10010', at: 110010 })
    recording.conceal(['anna@contoso.example'], 'person')
    recording.conceal(['1001', '10010'], 'pbx-address')
    expect(recording.render((text) => text.toUpperCase())).toBe(
      '{"PATH":"/USERS/PERSON","ADDRESS":"PBX-ADDRESS-1","LONG":"PBX-ADDRESS-2","AT":110010}\n',
    )
  })

  test('of nothing is empty', () => {
    expect(createRecording().render((text) => text)).toBe('')
  })
})

describe('what goes over the wire', () => {
  test('is kept without secrets and without what people wrote', () => {
    expect(
      readSafely('{"access_token":"x","value":[{"statusMessage":{"message":{"content":"at the dentist"}}}]}'),
    ).toEqual({
      access_token: '[hidden]',
      value: [{ statusMessage: { message: '[hidden]' } }],
    })
    expect(readSafely('{"error":{"code":"Bad","message":"The pair is not allowed."}}')).toEqual({
      error: { code: 'Bad', message: 'The pair is not allowed.' },
    })
    expect([readSafely('<html>'), readSafely(''), readSafely(`"${'x'.repeat(30_000)}"`)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  test('is recorded only while open, and always answered whole', async () => {
    const recorded: object[] = []
    let open = false
    const wire = {
      fetch: async () => new Response('{"a":1}', { status: 201 }),
      open: () => open,
      now: () => 5,
    }
    const fetch = recordFetch((what) => recorded.push(what), wire)
    const ask = async () => await (await fetch('http://h/p?q=1', { method: 'POST', body: '{"b":2}' })).json()
    expect(await ask()).toEqual({ a: 1 })
    expect(recorded).toEqual([])
    open = true
    expect(await ask()).toEqual({ a: 1 })
    expect(recorded).toEqual([{ http: 'POST /p', sent: { b: 2 }, status: 201, ms: 0, body: { a: 1 } }])
  })

  test('is counted by name and labels', () => {
    const tally = createTally()
    tally.count('requests', { status: '200' })
    tally.count('requests', { status: '200' }, 2)
    tally.count('requests', { status: '429' })
    expect(tally.lines()).toEqual(['requests status=200: 3', 'requests status=429: 1'])
  })
})
