import { countingIn } from './counting.ts'
import type { englishConnectors } from './english-connectors.ts'

const count = countingIn('de')

export const germanConnectors: typeof englishConnectors = {
  kinds: {
    collaboration: 'Microsoft 365',
    pbx: 'Telefonanlagen',
    queue: 'Warteschlangen von Telefonanlagen',
    crm: 'CRM und andere Programme',
    signal: 'Anwesenheit anderer Apps',
  },
  reads: {
    dialog: 'Anrufe',
    registration: 'ob ein Telefon erreichbar ist',
    dnd: 'Nicht stören',
    queue: 'Warteschlangen',
    presence: 'Anwesenheit',
  },
  transports: {
    push: 'Meldet Änderungen sofort',
    webhook: 'Ruft den Hub auf',
    poll: 'Wird immer wieder gefragt',
  },
  connected: 'Verbundene Systeme',
  none: 'Noch ist kein System verbunden. Beginnen Sie mit Microsoft 365, dann kommt Ihre Telefonanlage.',
  addSystem: 'System hinzufügen',
  catalogue: 'Welches System?',
  catalogueText:
    'Alle Systeme, die der Hub kennt. Sie probieren die Verbindung, bevor etwas gespeichert wird; geschrieben wird nirgends, bevor eine Verknüpfung es sagt.',
  readsText: (what) => `Liest: ${what}`,
  writesText: 'Verknüpfungen können hierhin schreiben',
  readsOnly: 'Wird nur gelesen; Verknüpfungen können hierhin nicht schreiben',
  tenant: 'Mandant',
  noTenant: 'Geben Sie zuerst dem Mandanten einen Namen: das geht auf der Seite Einrichten.',
  toSetUp: 'Zum Einrichten',
  add: (title) => `${title} hinzufügen`,
  addThis: (title) => `${title} hinzufügen`,
  back: 'Zurück zu den Systemen',
  change: (id) => `${id} ändern`,
  look: (id) => `${id} ansehen`,
  resync: (id) => `${id} neu lesen`,
  resyncShort: 'Neu lesen',
  resynced: 'Alles wird neu gelesen.',
  changeShort: 'Ändern',
  lookShort: 'Ansehen',
  removeShort: 'Entfernen',
  remove: (id) => `${id} entfernen`,
  heard: (time, reports) =>
    `Zuletzt gehört um ${time}; ${count(reports, { one: '1 Meldung', other: `${reports} Meldungen` })}, seit der Hub läuft`,
  notHeard: 'Noch nichts gehört',
  waiting: 'Wird gestartet',
  idField: 'Name dieser Verbindung',
  idHint: 'So nennen sie Verknüpfungen und Adressen: Buchstaben, Ziffern, - und _. Er bleibt.',
  idTaken: 'Es gibt schon eine mit diesem Namen.',
  idWrong: 'Buchstaben, Ziffern, - und _, am Anfang ein Buchstabe oder eine Ziffer.',
  tryIt: 'Verbindung probieren',
  trying: 'Wird probiert',
  trial: 'Was der Versuch ergab',
  trialNone: 'Der Versuch ergab nichts, was zu sagen wäre.',
  trialStale: 'Seit diesem Versuch haben Sie etwas geändert.',
  levels: { ok: 'In Ordnung', info: 'Gut zu wissen', warning: 'Bitte ansehen', error: 'Geht nicht' },
  save: 'Speichern',
  saveAnyway: 'Trotzdem speichern',
  saving: 'Wird gespeichert',
  saved: (id) => `${id} ist gespeichert, und der Hub läuft damit.`,
  removed: (id) => `${id} ist entfernt.`,
  undo: 'Rückgängig',
  undone: (id) => `${id} ist wieder da.`,
  alsoWrong: 'Anderswo in der Konfiguration',
  readOnly: (file) =>
    `Die Konfiguration kommt aus der Datei ${file}: hier ist alles zu sehen, geändert wird es dort.`,
  removeTitle: (id) => `${id} entfernen?`,
  removeText:
    'Was der Hub dort geschrieben hat, wird zuerst zurückgenommen; so lange bleibt die Verbindung. Danach wird nicht mehr gelesen.',
  removeLinks: (links) =>
    count(links, { one: '1 Verknüpfung geht mit', other: `${links} Verknüpfungen gehen mit` }),
  microsoft: 'Zustimmung und Rechte',
  signInTitle: 'Im Browser anmelden',
  signInText:
    'Statt ein Token einzutippen: das Konto, das der Hub dort haben soll, meldet sich einmal an, in diesem Browser. Speichern Sie vorher, was Sie oben geändert haben. Was zurückkommt, wird versiegelt.',
  signInFile: (id) =>
    `Die Konfiguration kommt aus einer Datei: hookswitch connectors sign-in ${id}, auf dem Rechner des Hubs, meldet an und gibt die Zeile aus, die hineingehört.`,
  signInCallback: 'Die App beim System muss diese Rückkehradresse nennen, Zeichen für Zeichen:',
  callback: 'Rückkehradresse',
  signIn: 'Dort anmelden',
}
