import { expect, it } from 'vitest'
import { type BookSources, ExtensionBook } from './book.ts'
import { settingsOf } from './config.ts'

const connection = { host: '127.0.0.1', username: 'hookswitch', secret: 'secret' }

function bookOf(
  sources: Partial<BookSources>,
  {
    devices = [] as string[],
    ...config
  }: Partial<Parameters<typeof settingsOf>[0]> & { devices?: string[] } = {},
): ExtensionBook {
  const book = new ExtensionBook(settingsOf({ ...connection, ...config }), (device) =>
    devices.includes(device),
  )
  book.replace({ hints: [], users: new Map(), ...sources })
  return book
}

const hint = (exten: string, text: string, context = 'ext-local') => ({ exten, context, hint: text })
const anna = hint('1001', 'PJSIP/1001&Custom:DND1001,CustomPresence:1001')

it('makes an entry of a hint', () => {
  expect(bookOf({ hints: [anna] }).entry('1001')).toEqual({
    extension: '1001',
    phones: ['PJSIP/1001'],
    numbers: ['1001'],
    lamps: [],
    dndDevice: 'Custom:DND1001',
    presentity: 'CustomPresence:1001',
    lampShowsDnd: true,
    hint: anna.hint,
  })
})

it('keeps what only the database of FreePBX says', () => {
  const users = new Map([
    ['1001', { numbers: ['1001'], dials: ['PJSIP/1001'] }],
    ['1002', { numbers: ['1002', '1052'], dials: ['PJSIP/1002', 'PJSIP/1052'] }],
    ['1003', { numbers: ['9003'], dials: ['PJSIP/9003'] }],
  ])
  const book = bookOf({ hints: [anna, hint('1002', 'PJSIP/1002'), hint('1003', '')], users })
  expect(book.entry('1001')).toEqual(bookOf({ hints: [anna] }).entry('1001'))
  expect(book.entry('1002')).toMatchObject({
    phones: ['PJSIP/1002', 'PJSIP/1052'],
    numbers: ['1002', '1052'],
  })
  expect(book.entry('1003')).toMatchObject({ phones: ['PJSIP/9003'], numbers: ['9003'], hint: undefined })
  expect(book.ownersOf('PJSIP/1052')).toEqual(['1002'])
  expect(book.extensions).toEqual(['1001', '1002', '1003'])
})

it('prefers a hint with a phone, and the wanted context', () => {
  const hints = [hint('1001', 'Custom:Door', 'doors'), anna, hint('1001', 'PJSIP/7', 'other')]
  expect(bookOf({ hints }).entry('1001')?.phones).toEqual(['PJSIP/1001'])
  const other = bookOf({ hints }, { context: 'other' })
  expect(other.entry('1001')?.phones).toEqual(['PJSIP/7'])
  for (const each of hints) expect(other.isCurrent(each)).toBe(true)
  expect(other.isCurrent({ ...anna, hint: 'PJSIP/1001' })).toBe(false)
  const none = bookOf({ hints }, { context: 'nowhere' })
  expect([none.entry('1001'), none.extensions]).toEqual([undefined, []])
})

it('takes the devices of the configuration before any other', () => {
  const extensions = [{ extension: '1001', devices: ['SIP/desk'] }]
  const book = bookOf({ hints: [anna] }, { extensions })
  expect(book.entry('1001')?.phones).toEqual(['SIP/desk'])
  expect(book.ownersOf('SIP/desk')).toEqual(['1001'])
  expect(book.ownersOf('PJSIP/1001')).toEqual([])
  expect([book.isPhone('SIP/desk'), book.isPhone('PJSIP/1001')]).toEqual([true, true])
})

it('guesses by the devices that have a state where nothing else is known', () => {
  const book = bookOf({}, { devices: ['SIP/1004'] })
  expect([book.entry('1004')?.phones, book.entry('1005')]).toEqual([['SIP/1004'], undefined])
  expect(book.ownersOf('SIP/1004')).toEqual(['1004'])
  expect([book.isPhone('SIP/1009'), book.isPhone('SIP/trunk')]).toEqual([true, false])
})

it('knows whose lamp, do not disturb and presence a device is', () => {
  const hints = [
    anna,
    hint('1002', 'PJSIP/1002&Custom:Door,CustomPresence:team'),
    hint('1003', 'Custom:Door'),
  ]
  const book = bookOf({ hints })
  expect(book.ownersOf('Custom:DND1001')).toEqual(['1001'])
  expect(book.ownersOf('CustomPresence:1001')).toEqual(['1001'])
  expect(book.ownersOf('CustomPresence:team')).toEqual(['1002'])
  expect(book.ownersOf('Custom:Door')).toEqual(['1002', '1003'])
  expect(book.ownersOf('Custom:DND9999')).toEqual([])
  expect([book.isPhone('PJSIP/1002'), book.isPhone('PJSIP/trunk'), book.isPhone('Custom:Door')]).toEqual([
    true,
    false,
    false,
  ])
  const named = bookOf({ hints }, { dndDevice: 'Custom:quiet-{extension}-on' })
  expect(named.ownersOf('Custom:quiet-1002-on')).toEqual(['1002'])
})
