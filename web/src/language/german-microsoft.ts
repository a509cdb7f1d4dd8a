import type { englishMicrosoft } from './english-microsoft.ts'

export const germanMicrosoft: typeof englishMicrosoft = {
  title: (tenant) => `Microsoft 365 von ${tenant}`,
  applications: {
    own: 'Verbunden mit einer eigenen App-Registrierung.',
    operator: 'Verbunden mit der Anwendung des Betreibers, durch Zustimmung.',
    none: 'Noch nicht verbunden.',
  },
  modes: {
    everyone: 'Der Hub handelt für alle, die eine Verknüpfung erfasst.',
    optIn: 'Der Hub handelt nur für Personen, die es selbst eingeschaltet haben.',
    paired:
      'Der Hub liest für alle und schreibt für die, die sich mit ihrem eigenen Microsoft-Konto angemeldet haben.',
  },
  kinds: { application: 'Anwendung', delegated: 'delegiert' },
  people: (agreed, all) => `Für ${agreed} von ${all} Personen.`,
  onlyRead: 'Es wird nichts geschrieben: Der Konnektor liest nur.',
  byLink: 'Zustimmung durch einen Link',
  byLinkText:
    'Wer Microsoft 365 verwaltet, öffnet den Link, meldet sich dort an und stimmt zu. Das muss nicht jemand mit einem Konto hier sein. Gelesen und geschrieben wird erst, wenn Sie die Organisation bestätigt haben.',
  useOperators: 'Die Anwendung des Betreibers verwenden',
  makeLink: 'Link machen',
  anotherLink: 'Neuen Link machen',
  endLink: 'Link zurücknehmen',
  link: 'Link',
  linkUntil: (time, by) => `Ein Link von ${by} gilt bis ${time}, für eine Zustimmung.`,
  proved: (name) => `${name} hat zugestimmt, für die Organisation`,
  stillMissing: (permissions) =>
    `Noch nicht da, was nach einer Zustimmung einige Minuten dauern kann: ${permissions}`,
  granted: (name, organisation, by) =>
    `${name} hat für die Organisation ${organisation} zugestimmt; bestätigt von ${by}.`,
  confirm: 'Ja, das ist unsere Organisation: einschalten',
  refuse: 'Ablehnen',
  withdraw: 'Zustimmung zurücknehmen',
  register: '1. Eine Anwendung registrieren',
  registerText:
    'Einmal, als Administrator von Microsoft 365. Das Skript erledigt alles und gibt aus, wonach unten gefragt wird; ein Geheimnis enthält es nicht.',
  readOnlyFirst: 'Zunächst nur lesen: Die Anwendung braucht dann kein Recht zu schreiben',
  byHand: 'Von Hand',
  script: (title) => `Skript für ${title}`,
  copy: 'Kopieren',
  copied: 'Kopiert',
  copyWhat: (what) => `Kopieren: ${what}`,
  redirectUris: 'Umleitungs-URIs',
  redirectUri: 'Umleitungs-URI',
  tab: 'Für den Tab in Teams',
  tabNote: (scope) =>
    `Nur nötig, wenn die eigene Seite auch als Tab in Teams da sein soll: Das Ende des Skripts gibt den Scope ${scope} unter dieser Adresse frei, mit der Id der Registrierung für CLIENTID. Es kann weggelassen werden.`,
  tabUri: 'Anwendungs-ID-URI',
  permissions: 'Rechte, und wozu',
  needed: 'nötig',
  ofUse: 'nützlich, nicht nötig',
  enter: '2. Eintragen, was sich ergab',
  enterText:
    'Ein geheimer Clientschlüssel oder ein Zertifikat, eines von beiden. Der Hub versiegelt Geheimnisse und zeigt sie nie.',
  onOne: '3. An einer Person probieren',
  onOneExample: 'anna@contoso.com',
  onOneText: 'Jedes Recht für sich. Es wird gelesen, und an der Person bleibt keine Spur.',
  person: 'Person',
  personHint: 'Womit sie sich bei Microsoft 365 anmeldet.',
  alsoWrite: 'Auch den schwächsten Zustand kurz schreiben und gleich zurücknehmen',
  tryPermissions: 'Rechte probieren',
}
