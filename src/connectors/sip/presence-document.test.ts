import { expect, test } from 'vitest'
import { AVAILABLE, IN_A_CALL, OFFLINE, presenceName } from '../../core/presence.ts'
import { findAll, parseXml } from '../kit/sip/xml.ts'
import { parsePidf } from './pidf.ts'
import { publishedStates, writePidf } from './presence-document.ts'

test('each state has its word of RPID, a note, and fits into one datagram', () => {
  const words = publishedStates.map((state) => {
    const text = writePidf('sip:1001@pbx.test', state)!
    expect(Buffer.byteLength(text)).toBeLessThan(700)
    const [activity] = findAll(parseXml(text)!, 'activities').flatMap(({ children }) => children)
    const note = findAll(parseXml(text)!, 'note').map((each) => each.text)
    return [presenceName(state), activity?.name ?? '', note[0]]
  })
  expect(words).toEqual([
    ['doNotDisturb/doNotDisturb', 'busy', 'Do not disturb'],
    ['busy/inACall', 'on-the-phone', 'In a call'],
    ['busy/inAMeeting', 'meeting', 'In a meeting'],
    ['busy/busy', 'busy', 'Busy'],
    ['beRightBack/beRightBack', 'away', 'Be right back'],
    ['away/away', 'away', 'Away'],
    ['available/available', '', 'Available'],
  ])
})

test('what is not published has no document; an odd address cannot break out of it', () => {
  expect(writePidf('sip:1001@pbx.test', OFFLINE)).toBeUndefined()
  const text = writePidf('sip:"><x/>@pbx.test', AVAILABLE)!
  expect(parseXml(text)?.attributes.get('entity')).toBe('sip:"><x/>@pbx.test')
})

test('what a hub published is nothing that the phone says, alone or mixed with what is', () => {
  const ours = writePidf('sip:1001@pbx.test', IN_A_CALL)!
  expect(parsePidf(ours)).toEqual({ basic: undefined, onThePhone: false, strange: [] })
  const mixed = ours.replace(
    '</presence>',
    '<tuple id="p"><status><basic>closed</basic></status></tuple></presence>',
  )
  expect(parsePidf(mixed)).toEqual({ basic: 'closed', onThePhone: false, strange: [] })
})
