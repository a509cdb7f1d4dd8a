import { describe, expect, test } from 'vitest'
import { decodeAccounts, decodeProfile, decodeRegistrations } from './accounts.ts'
import { decodeDnd } from './dnd.ts'
import { decodeTenant, decodeVersion, isTooOld } from './tenant.ts'

describe('do not disturb', () => {
  test.each([
    [
      { state: true, reason: 'Lunch break', expires: '3600' },
      { on: true, reason: 'Lunch break', expires: 3600 },
    ],
    [
      { state: 'true', expires: '' },
      { on: true, reason: '', expires: undefined },
    ],
    [
      { state: false, expires: 0 },
      { on: false, reason: '', expires: undefined },
    ],
    [
      { dnd: 'off', dnd_reason: 'x' },
      { on: false, reason: 'x', expires: undefined },
    ],
    [true, { on: true, reason: '', expires: undefined }],
  ])('%j', (json, expected) => {
    expect(decodeDnd(json)).toEqual(expected)
  })

  test.each([[{}], [[]], [null], [{ state: 'perhaps' }], ['on']])('%j says nothing', (json) => {
    expect(decodeDnd(json)).toBeUndefined()
  })
})

describe('accounts', () => {
  test('are texts, or objects with a name or an alias', () => {
    const json = [
      '1001',
      { alias: ['1002', '+4930555'] },
      { name: '700@pbx', usertype: 'acds', display: 'Sales' },
    ]
    expect(decodeAccounts(json)).toEqual([
      { number: '1001', aliases: [], type: undefined, displayName: undefined },
      { number: '1002', aliases: ['+4930555'], type: undefined, displayName: undefined },
      { number: '700', aliases: [], type: 'acds', displayName: 'Sales' },
    ])
    expect(decodeAccounts([])).toEqual([])
    expect(decodeAccounts([{}])).toBeUndefined()
    expect(decodeAccounts('none')).toBeUndefined()
  })

  test('VO-02: mail addresses of a profile, more than one, in any order with junk', () => {
    const profile = decodeProfile({
      display_name: 'Anna Keller',
      email_address: 'anna@contoso.example; a.keller@contoso.example, none',
      euse: 'HotDesk',
      disabled: 'true',
    })
    expect(profile).toEqual({
      ...{ displayName: 'Anna Keller', disabled: true, use: 'hotdesk' },
      mails: ['anna@contoso.example', 'a.keller@contoso.example'],
    })
    expect(decodeProfile({ first_name: 'Ben', last_name: 'Ortiz' })?.displayName).toBe('Ben Ortiz')
    expect(decodeProfile([])).toBeUndefined()
    expect(decodeProfile({})).toBeUndefined()
  })

  test('registrations name extensions; what names none is not understood', () => {
    expect(decodeRegistrations([{ extension: '1001@pbx' }, { user: '1002' }])).toEqual(
      new Set(['1001', '1002']),
    )
    expect(decodeRegistrations([])).toEqual(new Set())
    expect(decodeRegistrations([{ contact: 'sip:x' }])).toBeUndefined()
  })
})

describe('tenant', () => {
  test('star codes, and no word of the tokens beside the vendor’s own sync', () => {
    const intpub = JSON.stringify({
      m365users: { m365_access_token: 'a-token' },
      teamspresence: { group: 'all', teams_presence_v2t: 'true' },
    })
    const { starCodes, ownSync } = decodeTenant({ code_dnde: '*78', code_page: '', intpub })
    expect(starCodes).toEqual(new Set(['*78']))
    expect(ownSync).toBe('intpub.teamspresence: group = all, teams_presence_v2t = true')
  })

  test.each([
    ['{"teamspresence":{"group":"","teams_presence_v2t":"false"}}'],
    ['{"m365users":{}}'],
    ['{'],
    [''],
    [7],
  ])('no sync in %j', (intpub) => {
    expect(decodeTenant({ intpub }).ownSync).toBeUndefined()
  })

  test('VO-01: releases are compared number by number', () => {
    expect(decodeVersion({ version: '70.3.1 (Debian64)' })).toBe('70.3.1')
    expect(decodeVersion({})).toBeUndefined()
    expect(['68.0.40', '69.5.12', '69.5', '9.9'].map(isTooOld)).toEqual([true, true, true, true])
    expect(['69.5.13', '69.6', '70.0', '70.3.1'].map(isTooOld)).toEqual([false, false, false, false])
  })
})
