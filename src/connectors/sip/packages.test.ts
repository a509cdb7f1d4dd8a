import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseXml } from '../kit/sip/xml.ts'
import { type EventName, lampPackages } from './packages.ts'

const fixture = (path: string) =>
  readFileSync(new URL(`../../../test/fixtures/sip/${path}`, import.meta.url), 'utf8')

const plan = { internalDigits: 5, isExtension: (number: string) => number === 'carl' }
const open = (event: EventName, lamp = false) =>
  lampPackages({ plan, lamp: () => lamp, strange: () => {} })[event].open('1001')

function read(event: EventName, path: string, lamp = false) {
  const documents = open(event, lamp)
  return { result: documents.take(fixture(path), ''), facets: documents.facets() }
}

const lampLit = { kind: 'dialog', leg: '1001', state: 'confirmed', party: 'unknown', evidence: 'lamp' }

test('G-05: presence only adds to what dialogs tell of calls, where those are heard', () => {
  const adds = (lamp: boolean) => lampPackages({ plan, lamp: () => lamp, strange: () => {} }).presence.adds()
  expect([adds(false), adds(true)]).toEqual([true, false])
})

describe('dialog-info', () => {
  test('FreePBX: a bare "confirmed", which its DND lamp is too, is a lamp and never a call', () => {
    expect(read('dialog', 'dialog-info/asterisk-idle.xml')).toEqual({ result: 'taken', facets: [] })
    expect(read('dialog', 'dialog-info/asterisk-busy.xml').facets).toEqual([
      { ...lampLit, direction: 'unknown' },
    ])
    expect(read('dialog', 'dialog-info/asterisk-ringing.xml').facets).toEqual([
      { ...lampLit, state: 'early', direction: 'inbound', party: 'internal', remote: '1002' },
    ])
  })

  test('Kamailio: an old terminated dialog beside a live one', () => {
    expect(read('dialog', 'dialog-info/kamailio-old-beside-live.xml').facets).toEqual([
      {
        ...{ kind: 'dialog', leg: 'padi-6b010b86-2e93-1', state: 'early', direction: 'inbound' },
        ...{ party: 'internal', evidence: 'call', remote: '1002' },
      },
    ])
  })

  test('prefixes, foreign elements, hold, an external number as tel URI', () => {
    expect(read('dialog', 'dialog-info/held.xml').facets).toEqual([
      {
        ...{ kind: 'dialog', leg: '7', state: 'held', direction: 'outbound' },
        ...{ party: 'external', evidence: 'call', remote: '+4930901820' },
      },
    ])
  })

  test('one id for several dialogs: the busiest counts', () => {
    expect(read('dialog', 'dialog-info/same-id-twice.xml').facets).toMatchObject([lampLit])
  })

  test('undeclared prefixes, no ids, odd words', () => {
    expect(read('dialog', 'dialog-info/sloppy.xml').facets).toMatchObject([{ leg: 'line', state: 'trying' }])
  })

  test('partial documents: in order they are merged, a gap asks for the whole, the same again is nothing', () => {
    const partial = (version: number, id: string, state: string) =>
      fixture('dialog-info/partial.xml')
        .replace('version="6"', `version="${version}"`)
        .replace('id="b"', `id="${id}"`)
        .replace('confirmed', state)
    const documents = open('dialog')
    const legs = () => documents.facets().map((each) => each.kind === 'dialog' && `${each.leg} ${each.state}`)
    expect(documents.take(partial(4, 'a', 'early'), '')).toBe('ask')
    documents.take(fixture('dialog-info/kamailio-old-beside-live.xml'), '')
    expect(legs()).toEqual(['padi-6b010b86-2e93-1 early'])
    expect(documents.take(partial(6, 'b', 'confirmed'), '')).toBe('taken')
    expect(documents.take(partial(6, 'b', 'terminated'), '')).toBe('old')
    expect(documents.take(partial(7, 'b', 'terminated'), '')).toBe('taken')
    expect(legs()).toEqual(['padi-6b010b86-2e93-1 early'])
    expect(documents.take(partial(9, 'c', 'confirmed'), '')).toBe('ask')
    expect(legs()).toEqual(['padi-6b010b86-2e93-1 early', 'c confirmed'])
  })

  test('a notifier that starts its versions anew is believed with its next full document', () => {
    const documents = open('dialog')
    documents.take(fixture('dialog-info/kamailio-old-beside-live.xml'), '')
    expect(documents.take(fixture('dialog-info/partial.xml').replace('"6"', '"1"'), '')).toBe('ask')
    expect(documents.facets()).toHaveLength(1)
    expect(documents.take(fixture('dialog-info/asterisk-idle.xml'), '')).toBe('taken')
    expect(documents.facets()).toEqual([])
    expect(documents.take(fixture('dialog-info/partial.xml').replace('"6"', '"1"'), '')).toBe('taken')
  })
})

describe('PIDF', () => {
  test('basic is a registration', () => {
    const of = (registered: boolean) => [{ kind: 'registration', registered }]
    expect(read('presence', 'pidf/asterisk-ready.xml').facets).toEqual(of(true))
    expect(read('presence', 'pidf/asterisk-unavailable.xml').facets).toEqual(of(false))
    expect(read('presence', 'pidf/busy.xml', true).facets).toEqual(of(true))
  })

  test('on-the-phone is a lamp, where no dialogs are heard', () => {
    expect(read('presence', 'pidf/on-the-phone.xml').facets).toEqual([
      { kind: 'registration', registered: true },
    ])
    expect(read('presence', 'pidf/on-the-phone.xml', true).facets).toMatchObject([
      { kind: 'registration', registered: true },
      { kind: 'dialog', state: 'confirmed', evidence: 'lamp' },
    ])
    expect(read('presence', 'pidf/old-rpid.xml', true).facets).toMatchObject([
      { kind: 'dialog', evidence: 'lamp' },
    ])
  })
})

test('what cannot be read changes nothing', () => {
  const bad = [
    '<dialog-info',
    '<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info"><dialog id="1"><state>confirmed',
    '<presence xmlns="urn:ietf:params:xml:ns:pidf"/>',
    'call me',
    '<!DOCTYPE d [<!ENTITY e "confirmed">]><dialog-info><dialog id="1"><state>&e;</state></dialog></dialog-info>',
    '<dialog-info><dialog id="1"><state>&undeclared;</state></dialog></dialog-info>',
    `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`,
    `<dialog-info>${'<dialog/>'.repeat(6000)}</dialog-info>`,
    '\0\u0001',
  ]
  const documents = open('dialog')
  documents.take(fixture('dialog-info/asterisk-busy.xml'), '')
  for (const text of bad) {
    expect(documents.take(text, ''), text.slice(0, 60)).toBe('malformed')
    expect(documents.facets()).toMatchObject([lampLit])
  }
})

test('entities are not expanded, however they are nested', () => {
  const levels = Array.from({ length: 20 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`)
  expect(parseXml(`<!DOCTYPE a [<!ENTITY l0 "x">${levels.join('')}]><a>&l20;</a>`)).toBeUndefined()
})

test('the party by the number of the other end', () => {
  const document = (uri: string) =>
    `<dialog-info state="full" version="1"><dialog id="1" call-id="c"><state>confirmed</state>
     <remote><identity>${uri}</identity></remote></dialog></dialog-info>`
  const party = (uri: string) => {
    const documents = open('dialog')
    documents.take(document(uri), '')
    const [facet] = documents.facets()
    return facet?.kind === 'dialog' ? `${facet.party} ${facet.evidence}` : undefined
  }
  expect(party('sip:1002@pbx')).toBe('internal call')
  expect(party('sip:*97@pbx')).toBe('internal call')
  expect(party('sip:carl@pbx')).toBe('internal call')
  expect(party('sip:100200@pbx')).toBe('external call')
  expect(party('&lt;sip:+4930901820;phone-context=x@pbx;user=phone&gt;')).toBe('external call')
  expect(party('tel:(030) 9018')).toBe('external call')
  expect(party('sip:anonymous@anonymous.invalid')).toBe('external call')
  expect(party('sip:pbx')).toBe('unknown call')
  expect(party('')).toBe('unknown lamp')
})

test('documents damaged anywhere are read or refused, never thrown at', () => {
  for (const path of [
    'dialog-info/held.xml',
    'dialog-info/kamailio-old-beside-live.xml',
    'pidf/on-the-phone.xml',
  ]) {
    const text = fixture(path)
    const documents = open(path.startsWith('pidf') ? 'presence' : 'dialog')
    for (let at = 0; at < text.length; at += 1) {
      const damages = ['<', '&', '"', '\0', '\uD800', ']]>', text.slice(0, 20)]
      const damage = damages[at % damages.length]!
      for (const each of [
        text.slice(0, at),
        text.slice(at),
        text.slice(0, at) + damage + text.slice(at + 1),
      ]) {
        expect(['taken', 'old', 'ask', 'malformed']).toContain(documents.take(each, ''))
      }
    }
  }
})

test('a word that no RFC has is no call, says nothing of the phone, and is named', () => {
  const heard: string[] = []
  const about = { plan, lamp: () => true, strange: ({ value }: { value: string }) => heard.push(value) }
  const dialogs = lampPackages(about).dialog.open('1001')
  const head = '<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" state="full"'
  const dialog = '<dialog id="a" direction="sideways"><state>levitating</state></dialog>'
  expect(dialogs.take(`${head} version="1" entity="sip:1001@pbx">${dialog}</dialog-info>`, '')).toBe('taken')
  expect(dialogs.facets()).toEqual([])
  const presence = lampPackages(about).presence.open('1001')
  const status = '<tuple id="a"><status><basic>constructor</basic></status></tuple>'
  expect(presence.take(`<presence xmlns="urn:ietf:params:xml:ns:pidf">${status}</presence>`, '')).toBe(
    'taken',
  )
  expect(presence.facets()).toEqual([])
  expect(heard).toEqual(['levitating', 'sideways', 'constructor'])
})
