import { expect, test } from 'vitest'
import { featureType, readDoNotDisturb, writeSetDoNotDisturb } from './feature-event.ts'
import { child, parseXml } from './xml.ts'

const csta = 'http://www.ecma-international.org/standards/ecma-323/csta/ed3'
const dnd = (on: string, namespace = csta) =>
  `<?xml version="1.0" encoding="ISO-8859-1"?>\r\n<DoNotDisturbEvent xmlns="${namespace}"><device>1001</device><doNotDisturbOn>${on}</doNotDisturbOn></DoNotDisturbEvent>`
const forwarding = `<ForwardingEvent xmlns="${csta}"><device/><forwardingType>forwardBusy</forwardingType><forwardStatus>true</forwardStatus></ForwardingEvent>`
const part = (text: string) =>
  `Content-Type: ${featureType}\r\nContent-Length: ${text.length}\r\n\r\n${text}\r\n`
const mixed = (...texts: string[]) => `--b1\r\n${texts.map(part).join('--b1\r\n')}--b1--\r\n`

test('CT-03: the request for do not disturb has the document of CSTA', () => {
  const root = parseXml(writeSetDoNotDisturb(true))
  expect([root?.name, root?.namespace]).toEqual(['SetDoNotDisturb', csta])
  expect(child(root, 'doNotDisturbOn')?.text).toBe('true')
  expect(child(root, 'device')?.text).toBe('')
  expect(child(parseXml(writeSetDoNotDisturb(false)), 'doNotDisturbOn')?.text).toBe('false')
})

test.each([
  ['on', dnd('true'), true],
  ['off', dnd('false'), false],
  ['as numbers, with blanks', dnd(' 1 '), true],
  ['in capitals', dnd('FALSE'), false],
  [
    'with the namespace that OpenSIPS has',
    dnd('true', 'http://www.ecmainternational.org/standards/ecma-323/csta/ed3'),
    true,
  ],
  [
    'with a prefix',
    '<c:DoNotDisturbEvent xmlns:c="urn:x"><c:doNotDisturbOn>true</c:doNotDisturbOn></c:DoNotDisturbEvent>',
    true,
  ],
  ['forwarding alone says nothing of it', forwarding, 'nothing'],
  ['a word that is no boolean', dnd('perhaps'), 'malformed'],
  ['no XML', 'dnd=on', 'malformed'],
  ['a document with a DOCTYPE', `<!DOCTYPE x [<!ENTITY a "true">]>${dnd('&a;').slice(40)}`, 'malformed'],
] as const)('CT-03: a told do not disturb is read: %s', (_, text, told) => {
  expect(readDoNotDisturb(text, featureType)).toBe(told)
})

test('CT-03: several documents in one body: the last do not disturb among them counts', () => {
  const type = 'multipart/mixed;boundary=b1'
  expect(readDoNotDisturb(mixed(forwarding, dnd('true')), type)).toBe(true)
  expect(
    readDoNotDisturb(mixed(dnd('true'), forwarding, dnd('false')), 'Multipart/Mixed; boundary="b1"'),
  ).toBe(false)
  expect(readDoNotDisturb(mixed(forwarding), type)).toBe('nothing')
  expect(readDoNotDisturb(mixed(dnd('true')).replaceAll('\r\n', '\n'), featureType)).toBe(true)
  expect(readDoNotDisturb('--b1--\r\n', type)).toBe('malformed')
})

test('bodies damaged anywhere are read or refused, never thrown at', () => {
  const text = mixed(forwarding, dnd('true'))
  for (let at = 0; at < text.length; at += 1) {
    for (const each of [text.slice(0, at), `${text.slice(0, at)}\u0000${text.slice(at + 1)}`]) {
      expect([true, false, 'nothing', 'malformed']).toContain(
        readDoNotDisturb(each, 'multipart/mixed;boundary=b1'),
      )
    }
  }
})
