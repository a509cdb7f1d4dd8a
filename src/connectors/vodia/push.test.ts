import { describe, expect, test } from 'vitest'
import { composeActionUrl, decodeActionUrls, standingOf, wordsOf } from './action-urls.ts'
import { CallFrames, decodeFrame } from './frames.ts'

const frame = (value: unknown) => decodeFrame(JSON.stringify(value))
const callState = (...calls: unknown[]) => {
  const decoded = frame({ action: 'call-state', calls })
  if (decoded.kind !== 'calls') throw new Error(decoded.kind)
  return decoded.calls
}

describe('frames', () => {
  test.each([
    [{ action: 'callerid' }, 'ignored'],
    [{ sdp: 'v=0' }, 'ignored'],
    [{ action: 'blf', state: { 500: 'on' } }, 'accounts'],
    [{ action: 'brand-new' }, 'unknown'],
    [{ action: 'call-state', calls: 'none' }, 'malformed'],
    ['text', 'malformed'],
  ])('%j is %s', (value, kind) => {
    expect(frame(value).kind).toBe(kind)
  })

  test('broken JSON is malformed', () => {
    expect(decodeFrame('{"action":"call-sta').kind).toBe('malformed')
  })

  test('of accounts name every number in them', () => {
    expect(frame({ action: 'domain-state', accounts: [{ name: '1001@pbx' }, '*1002'] })).toMatchObject({
      names: expect.arrayContaining(['1001', '1002']),
    })
  })

  test('of calls concern those whose call came, changed or went, and nobody else', () => {
    const frames = new CallFrames()
    const first = { id: 'a', state: 'alerting', extension: ['1001'] }
    const second = { id: 'b', state: 'connected', extension: ['1002'] }
    expect(frames.changed(callState(first, second))).toEqual(expect.arrayContaining(['1001', '1002']))
    expect(frames.changed(callState(first, second))).toEqual([])
    const changed = frames.changed(callState({ ...first, state: 'connected' }, second))
    expect(changed).toContain('1001')
    expect(changed).not.toContain('1002')
    expect(frames.changed(callState({ ...first, state: 'connected' }))).toContain('1002')
  })
})

describe('action URLs', () => {
  const root = 'https://hub.example/hooks/contoso/pbx'
  const wanted = { url: `${root}/secret`, root, body: '{account}' }
  test.each([
    ['', 'free'],
    [composeActionUrl('', ''), 'free'],
    [composeActionUrl(wanted.url, wanted.body), 'ours'],
    [composeActionUrl(wanted.url, 'old body'), 'outdated'],
    [composeActionUrl(`${root}/former-secret`, wanted.body), 'outdated'],
    [composeActionUrl('https://former.example/hooks/contoso/pbx/secret', wanted.body), 'outdated'],
    [composeActionUrl('https://user:pass@crm.example/in?key=1', ''), { foreign: 'crm.example' }],
    ['https://billing.example/in', { foreign: 'billing.example' }],
    ['what is this', { foreign: 'an address that cannot be read' }],
  ])('%s: %j', (value, standing) => {
    expect(standingOf(value, wanted)).toEqual(standing)
  })

  test('are read as an object or as a list', () => {
    expect(decodeActionUrls({ acturl_dnd: 'x', other: 1 })).toEqual(new Map([['acturl_dnd', 'x']]))
    const settings = [{ name: 'acturl_dnd', value: null }]
    expect(decodeActionUrls({ settings })).toEqual(new Map([['acturl_dnd', '']]))
    expect(decodeActionUrls([])).toBeUndefined()
  })

  test('name extensions in whatever form their body has', () => {
    const body = Buffer.from('{"account":"1001","from":"sip:1002@pbx"}')
    expect(wordsOf({ query: { who: '1003' }, body })).toEqual(
      expect.arrayContaining(['1001', '1002', '1003']),
    )
    expect(wordsOf({ query: {}, body: Buffer.from('{account}') })).toEqual(['account'])
  })
})
