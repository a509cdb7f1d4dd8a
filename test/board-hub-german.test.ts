import { afterEach, expect, test } from 'vitest'
import { registry } from '../src/apps/registry.ts'
import { configSchema } from '../src/config/schema.ts'
import type { JsonSchema } from '../src/core/connector.ts'
import { presets } from '../src/presets/catalog.ts'
import { choicesOf } from '../web/src/form/field-kind.ts'
import { translateChoice, translateField, translateHub } from '../web/src/language/hub-german.ts'
import { createHubTranslator } from '../web/src/language/hub-translator.ts'
import { hubWords, loadHubWords } from '../web/src/language/hub-words.ts'
import { speak } from '../web/src/language/words.ts'
import { problemText } from '../web/src/live/http.ts'
import { sentencesOf } from './support/hub-sentences.ts'

afterEach(() => speak('en', []))

/** Whose sentences are all there in German. */
const complete = [
  'src/access/**/*.ts',
  'src/apps/config/*.ts',
  'src/apps/hub/**/*.ts',
  'src/config/{check-*,cross-check,document,edit-*,guard-secrets,operator-settings,reference}.ts',
  'src/config/{routing,schema-error,seal-document,shared-clients,stand-in,validate}.ts',
  'src/connectors/!(sip)/**/*.ts',
  // What its schema says is looked up as settings are.
  'src/connectors/sip/!(config).ts',
  'src/consent/*.ts',
  'src/http/!(*-schemas).ts',
  'src/sites/{remote-system,site-link,site-links}.ts',
]
/** Told to programs and to the log, or entries of the audit log, which stay as they were written. */
const elsewhere = [
  /^src\/(?:apps\/hub\/history|access\/(?:access|account-desk))\.ts: (?!\p{Lu}[^;]+ )/u,
  // The check of what Graph really does is one of the command line.
  /^src\/connectors\/teams\/live\//,
  /^src\/consent\/consent-desk\.ts: (?:taken back|consented for)/,
]

test('every sentence of the hub that a page may show has German words', () => {
  const missing = sentencesOf(complete).filter(
    ({ file, text }) =>
      !elsewhere.some((one) => one.test(`${file}: ${text}`)) && translateHub(text) === undefined,
  )
  expect(missing.map(({ file, text }) => `${file}: ${text}`)).toEqual([])
})

/** The schema and all inside it, however deep. */
function* schemasIn(schema: unknown, path: string): Generator<readonly [string, JsonSchema]> {
  if (typeof schema !== 'object' || schema === null) return
  yield [path, schema as JsonSchema]
  for (const key of ['properties', 'patternProperties'] as const) {
    const fields = ((schema as JsonSchema)[key] ?? {}) as Readonly<Record<string, unknown>>
    for (const [name, field] of Object.entries(fields)) yield* schemasIn(field, `${path}.${name}`)
  }
  const { items, additionalProperties, anyOf = [], oneOf = [] } = schema as JsonSchema
  for (const one of [items, additionalProperties, anyOf, oneOf].flat()) yield* schemasIn(one, `${path}[]`)
}

/** Labels and explanations that have no German. */
function unsaid(schema: unknown, path: string): readonly string[] {
  return [...schemasIn(schema, path)].flatMap(([at, { title, description }]) =>
    [title, description]
      .filter((text) => typeof text === 'string' && translateField(text) === undefined)
      .map((text) => `${at}: ${text}`),
  )
}

/** Words of choices that have no German. */
function unsaidChoices(schema: unknown, path: string): readonly string[] {
  return [...schemasIn(schema, path)].flatMap(([at, one]) =>
    (choicesOf(one) ?? []).filter((word) => !translateChoice(word)).map((word) => `${at}: ${word}`),
  )
}

const { links, people, webhooks, ...ofTenant } = configSchema.properties.tenants.items.properties

test('every label and explanation of a setting of every connector and tenant has German words', () => {
  const missing = Object.entries(registry).flatMap(([type, { configSchema }]) => unsaid(configSchema, type))
  // Links, people and webhooks have pages of their own, with words of their own.
  expect([links, people, webhooks]).not.toContain(undefined)
  expect([...missing, ...unsaid({ properties: ofTenant }, 'tenant')]).toEqual([])
})

test('every word that a setting is chosen from, and every preset, has German words', () => {
  const missing = Object.entries(registry).flatMap(([type, { configSchema }]) =>
    unsaidChoices(configSchema, type),
  )
  const unnamed = Object.values(presets).flatMap(({ title, summary }) =>
    [title, summary].filter((text) => translateHub(text) === undefined),
  )
  expect([...missing, ...unsaidChoices({ properties: ofTenant }, 'tenant'), ...unnamed]).toEqual([])
})

test('what is put into a sentence stays, and is put into words where the hub said it', () => {
  const say = createHubTranslator({
    '{name} belongs to {place2}, not to {other}.': '{name} gehört nicht zu {other}, sondern zu {place2}.',
    'Nobody can be read: {reason}': 'Niemand ist zu lesen: {reason}',
    'the line is down': 'die Leitung ist unterbrochen',
    'Try again.': 'Versuchen Sie es wieder.',
    '{number} people left': '{number} Personen sind gegangen',
  })
  expect(say('Ann belongs to A.B, not to C.')).toBe('Ann gehört nicht zu C, sondern zu A.B.')
  expect(say('Nobody can be read: the line is down.')).toBe(
    'Niemand ist zu lesen: die Leitung ist unterbrochen.',
  )
  expect(say('The line is down')).toBe('Die Leitung ist unterbrochen')
  expect(say('The line is down. (error x, AADSTS7) Try again.')).toBe(
    'Die Leitung ist unterbrochen. (error x, AADSTS7) Versuchen Sie es wieder.',
  )
  expect([say('3 people left'), say('All people left')]).toEqual(['3 Personen sind gegangen', undefined])
  expect(say('The line is down. And something new.')).toBeUndefined()
})

test('a page in German says it in German, and marks what it does not know as English', async () => {
  expect(hubWords('This name is taken.')).toEqual({ text: 'This name is taken.', lang: 'en' })
  await speak('de', ['de'])
  await loadHubWords()
  expect(hubWords('This name is taken.')).toEqual({ text: 'Dieser Name ist vergeben.', lang: undefined })
  const refused = problemText(409, JSON.stringify({ detail: 'There is no tenant "x".' }))
  expect(hubWords(refused)).toEqual({ text: 'Den Mandanten „x“ gibt es nicht.', lang: undefined })
  expect(hubWords('Something quite new.')).toEqual({ text: 'Something quite new.', lang: 'en' })
})

test('what is said of a client in several places, and of a row of a link, is told in German', async () => {
  await speak('de', ['de'])
  await loadHubWords()
  const said = [
    'one/pbx, two/cx, … sign in to 3CX as the same client, so these tenants are always at the same hub',
    'Is busy/busy, which cannot be set at the target.',
    'Did you mean available/available? Possible there: available/available, busy/inACall.',
  ].map((text) => hubWords(text).text)
  expect(said).toEqual([
    'one/pbx, two/cx, … melden sich bei 3CX als derselbe Client an, daher sind diese Mandanten immer beim selben Hub',
    'Ist busy/busy, was sich am Ziel nicht setzen lässt.',
    'Meinten Sie available/available? Dort möglich: available/available, busy/inACall.',
  ])
})

test('"Why?" is told in German, with the words of states', async () => {
  await speak('de', ['de'])
  await loadHubWords()
  const said = [
    'Asterisk / FreePBX · 1001 says In a call.',
    'Call on Asterisk / FreePBX · 1001.',
    'do not disturb is on, set by the hub: call on pbx 1001',
    'pbx to teams: call on pbx 1001',
    'Outbound call with an external party: talking',
    'Wrote In einem Anruf',
    'Verfügbar',
    'pbx to teams, row 1',
    'Must be at least 5.',
    'Somebody says nothing of the kind.',
  ].map((text) => hubWords(text).text)
  expect(said).toEqual([
    'Asterisk / FreePBX · 1001 sagt In einem Anruf.',
    'Anruf an Asterisk / FreePBX · 1001.',
    'Nicht stören ist an, vom Hub gesetzt: Anruf an pbx 1001',
    'pbx to teams: Anruf an pbx 1001',
    'Ausgehender Anruf mit einer externen Stelle: im Gespräch',
    'In einem Anruf geschrieben',
    'Verfügbar',
    'pbx to teams, Zeile 1',
    'Muss mindestens 5 sein.',
    'Somebody says nothing of the kind.',
  ])
})

test('what connectors of phone systems put together is told in German', async () => {
  await speak('de', ['de'])
  await loadHubWords()
  const said = [
    'Calls of 1001, 1002 and 3 more are not told to this API client.',
    'The users could not be read: no answer within 10 s.',
    'It has to be on: Integrations > Collaboration, and Features > Teams presence of each extension.',
    '12 extensions, polled: action URLs in use by others: a.example',
    'Ask United Cloud support for release 44 or later.',
    'ann@example.com cannot be read: Webex does not allow this request (dnd, 403).',
  ].map((text) => hubWords(text).text)
  expect(said).toEqual([
    'Diesem API-Client werden Anrufe von 1001, 1002 und 3 weiteren nicht gemeldet.',
    'Die Benutzer ließen sich nicht lesen: keine Antwort in 10 s.',
    'Es muss an sein: Integrations > Collaboration, und bei jeder Nebenstelle Features > Teams presence.',
    '12 Nebenstellen, abgefragt: Action URLs von anderen benutzt: a.example',
    'Bitten Sie United Cloud (Support) um Version 44 oder neuer.',
    'ann@example.com ist nicht zu lesen: Webex erlaubt diese Anfrage nicht (dnd, 403).',
  ])
})

test('what connectors put together of several phrases is in German to its end', async () => {
  await speak('de', ['de'])
  await loadHubWords()
  const said = [
    'No agent is connected. desk-7 was lost: nothing was heard for 45 s.',
    'Signed in at pbx.example:7002 as "cti" (CSTA with an application session).',
    'The connection to pbx.example is not encrypted: numbers of callers and the password can be read on the way.',
    'db dnd does not show what was written. Load mod_db in modules.conf.xml.',
    '0 extensions of a.example, 0 of them with a mail address. A directory in a database shows registered phones only.',
    '2 of 9 subscriptions are not live: dialog 10 refused (403 Forbidden), dialog 11 is being subscribed; the registration could not be refreshed: There is no connection.',
    'Watching extension 10 (dialog) failed: ended by the server: giveup.',
    'Without a status of its own is written: busy/inAMeeting as Busy, away/away as nothing, busy/focusing as Deep work.',
    'statuses: the organisation has no Busy, Away.',
    'Salesforce offers no change events of presence (not permitted); everyone is read every 10 s meanwhile.',
    'the presence of agents could not be read: the connection was refused.',
  ].map((text) => hubWords(text).text)
  expect(said).toEqual([
    'Kein Agent ist verbunden. desk-7 ging verloren: seit 45 s war nichts zu hören.',
    'Angemeldet an pbx.example:7002 als „cti“ (CSTA mit Anwendungssitzung).',
    'Die Verbindung zu pbx.example ist nicht verschlüsselt: Nummern von Anrufern und das Passwort sind unterwegs lesbar.',
    'db dnd zeigt nicht, was geschrieben wurde. Laden Sie mod_db in modules.conf.xml.',
    '0 Nebenstellen von a.example, davon 0 mit Mailadresse. Ein Verzeichnis in einer Datenbank zeigt nur angemeldete Telefone.',
    '2 von 9 Abonnements stehen nicht: dialog 10 abgelehnt (403 Forbidden), dialog 11 wird abonniert; die Anmeldung ließ sich nicht erneuern: Es gibt keine Verbindung.',
    'Das Beobachten der Nebenstelle 10 (dialog) misslang: vom Server beendet: giveup.',
    'Ohne eigenen Status wird geschrieben: busy/inAMeeting als Busy, away/away als nichts, busy/focusing als Deep work.',
    'statuses: in der Organisation gibt es nicht: Busy, Away.',
    'Salesforce bietet keine Änderungsereignisse der Präsenz (nicht erlaubt); inzwischen werden alle 10 s alle gelesen.',
    'nicht zu lesen: die Präsenz der Agenten (die Verbindung wurde abgelehnt).',
  ])
})
