import { pageWords } from '../language/words.ts'

const english = {
  title: 'Sites',
  text: 'Programs near phone systems that run connectors for this hub and dial out to it (hookswitch site).',
  site: 'Site',
  runs: 'Connectors',
  link: 'Connection',
  version: 'Version',
  heard: 'Last heard',
  act: 'Code or revoke',
  up: 'connected',
  down: 'not connected',
  notEnrolled: 'not enrolled',
  dials: 'It dials again by itself: see whether its machine runs and reaches this hub.',
  runsOut: (time: string) =>
    `Unless it is back before: from ${time} on it takes back what was written there.`,
  ranOut: (time: string) => `Since ${time} it takes back what was written there.`,
  missing: (ids: string) => `May not run ${ids}: enrol it anew with a code.`,
  older: 'older than this hub: bring it up to date',
  newer: 'newer than this hub: bring the hub up to date',
  roundTrip: (ms: number) => `${ms} ms there and back`,
  clockOff: (seconds: number) => `Its clock is off by ${seconds} s: set it by the network.`,
  never: 'not since the hub runs',
  makeCode: 'Make a code',
  makeCodeFor: (name: string) => `Make a code for ${name}`,
  codeTitle: (name: string, until: string) =>
    `Code for ${name}: copy it now, it is shown this once. It works once, until ${until}.`,
  codeUse: 'At the phone system:',
  revoke: 'Revoke',
  revokeNamed: (name: string) => `Revoke the site ${name}`,
  revokeTitle: (name: string) => `Revoke ${name}?`,
  revokeText:
    'Its connection ends at once, and it is not let in again. It takes back what the hub wrote there; if it is not connected now, as soon as it is told.',
  revoked: (name: string) => `The site ${name} is revoked.`,
}

const german: typeof english = {
  title: 'Standorte',
  text: 'Programme bei Telefonanlagen, die für diesen Hub Konnektoren ausführen und ihn von sich aus anwählen (hookswitch site).',
  site: 'Standort',
  runs: 'Konnektoren',
  link: 'Verbindung',
  version: 'Version',
  heard: 'Zuletzt gehört',
  act: 'Code oder Widerruf',
  up: 'verbunden',
  down: 'nicht verbunden',
  notEnrolled: 'nicht angemeldet',
  dials: 'Er wählt von selbst wieder an: sehen Sie nach, ob der Rechner dort läuft und diesen Hub erreicht.',
  runsOut: (time) => `Ist er nicht vorher zurück: ab ${time} nimmt er zurück, was dort geschrieben wurde.`,
  ranOut: (time) => `Seit ${time} nimmt er zurück, was dort geschrieben wurde.`,
  missing: (ids) => `Darf ${ids} nicht ausführen: mit einem neuen Code anmelden.`,
  older: 'älter als dieser Hub: auf den neuen Stand bringen',
  newer: 'neuer als dieser Hub: den Hub auf den neuen Stand bringen',
  roundTrip: (ms) => `${ms} ms hin und zurück`,
  clockOff: (seconds) => `Die Uhr dort geht um ${seconds} s falsch: über das Netz stellen.`,
  never: 'nicht, seit der Hub läuft',
  makeCode: 'Code erstellen',
  makeCodeFor: (name) => `Code erstellen für ${name}`,
  codeTitle: (name, until) =>
    `Code für ${name}: jetzt kopieren, er wird nur dieses eine Mal gezeigt. Er gilt einmal, bis ${until}.`,
  codeUse: 'Bei der Telefonanlage:',
  revoke: 'Widerrufen',
  revokeNamed: (name) => `Standort ${name} widerrufen`,
  revokeTitle: (name) => `${name} widerrufen?`,
  revokeText:
    'Die Verbindung endet sofort, und der Standort wird nicht mehr eingelassen. Was der Hub dort geschrieben hat, nimmt er zurück; ist er gerade nicht verbunden, sobald er es erfährt.',
  revoked: (name) => `Der Standort ${name} ist widerrufen.`,
}

/** The words about sites, on the page of connectors. */
export const siteWords = pageWords({ en: english, de: german })
