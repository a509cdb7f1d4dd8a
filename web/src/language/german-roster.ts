import { countingIn } from './counting.ts'
import type { englishRoster } from './english-roster.ts'

const count = countingIn('de')

export const germanRoster: typeof englishRoster = {
  kinds: {
    synced: 'Im Gleichschritt',
    duplicate: 'Mehr als eine Zuordnung',
    unmatched: 'Keine Zuordnung',
    disabled: 'Konto deaktiviert',
    guest: 'Gastkonto',
    shared: 'Geteiltes Telefon',
    notLicensed: 'Keine Lizenz',
    notEnabled: 'Präsenz ausgeschaltet',
    notOptedIn: 'Nicht zugestimmt',
    notPaired: 'Nicht selbst angemeldet',
    uncovered: 'Von keiner Verknüpfung erfasst',
    alone: 'An weniger als zwei Systemen',
    excluded: 'Ausgenommen',
    paused: 'Pausiert',
    hidden: 'Verborgen',
  },
  neverCame: 'Nie die eigene Seite geöffnet',
  cameAt: (day) => `Zuletzt am ${day} die eigene Seite oder den Tab geöffnet.`,
  cameNever: 'Hat die eigene Seite und den Tab in Teams nie geöffnet.',
  everyone: 'Alle',
  filters: 'Wie es um sie steht',
  search: 'Personen suchen',
  searchHint: 'Name, UPN oder Adresse',
  found: (people) => count(people, { one: '1 Person', other: `${people} Personen` }),
  none: 'Noch ist niemand da. Personen kommen aus der Konfiguration oder aus einem Verzeichnis, sobald ein System verbunden ist.',
  noneFits: 'Auf diese Suche und diesen Filter passt niemand.',
  loading: 'Diese Person wird geladen',
  exportTable: 'Als CSV ausgeben',
  importTable: 'CSV einlesen',
  more: 'Mehr dazu',
  openPerson: 'Seite der Person öffnen',
  why: 'Wie es um diese Person steht',
  toDo: 'Zu tun:',
  hide: 'Vor allen außer der Verwaltung verbergen',
  showAgain: 'Kollegen wieder zeigen',
  addresses: 'Adressen',
  noAddress: 'Keine Adresse',
  byHand: 'von Hand',
  change: (system) => `Adresse bei ${system} ändern`,
  changeShort: 'Ändern',
  address: (system) => `Adresse bei ${system}`,
  addressHint: 'Mehrere trennt ein Komma. Sie geht dem vor, was das Verzeichnis sagt.',
  lookUp: 'In seinem Verzeichnis gefunden',
  takenBy: (people) => `jetzt von ${people}`,
  free: 'noch von niemandem',
  nothingFound: 'Das Verzeichnis kennt nichts dergleichen.',
  save: 'Speichern',
  cancel: 'Abbrechen',
  leaveToDirectory: 'Dem Verzeichnis überlassen',
  saved: 'Gespeichert. Der Hub richtet sich schon danach.',
  close: 'Schließen',
  importTitle: 'Personen aus einer CSV-Tabelle einlesen',
  importText:
    'Beginnen Sie mit einer Ausgabe: Ihre Spalten lassen sich ändern und wieder einlesen. Eine fehlende Spalte ändert nichts, eine leere Zelle leert, und wer nicht in der Tabelle steht, bleibt. Gespeichert wird erst, wenn Sie gesehen haben, was sich ändern würde.',
  chooseFile: 'CSV-Datei, UTF-8',
  previewing: 'Die Tabelle wird angesehen',
  tooLarge: 'Die Datei ist größer als 1 MB. Größere Mandanten nehmen ihre Personen aus dem Verzeichnis.',
  problems: (problems) =>
    count(problems, { one: 'Eines stimmt nicht', other: `${problems} Dinge stimmen nicht` }),
  line: (line) => `Zeile ${line}`,
  changes: (people) =>
    count(people, { one: '1 Person würde sich ändern', other: `${people} Personen würden sich ändern` }),
  unchanged: (people) =>
    count(people, { one: '1 Person bleibt, wie sie ist', other: `${people} Personen bleiben, wie sie sind` }),
  andMore: (entries) => `und ${entries} weitere`,
  isNew: 'neu',
  empty: 'leer',
  take: (people) => count(people, { one: '1 Person ändern', other: `${people} Personen ändern` }),
  taken: (people) =>
    count(people, { one: '1 Person wurde geändert.', other: `${people} Personen wurden geändert.` }),
  bulk: 'Schalter dieser Personen',
  switchOn: (people) =>
    count(people, { one: 'Für 1 Person einschalten', other: `Für ${people} Personen einschalten` }),
  switchOff: (people) =>
    count(people, { one: 'Für 1 Person ausschalten', other: `Für ${people} Personen ausschalten` }),
  bulkOnText:
    'Der Hub beginnt für sie zu handeln, soweit Verknüpfungen sie erfassen. Sagen Sie es für die, die zugestimmt haben.',
  bulkOffText:
    'Was für sie geschrieben wurde, wird in Sekunden zurückgenommen. Jede kann wieder einschalten.',
  switched: (people) =>
    count(people, {
      one: 'Der Schalter von 1 Person wurde gestellt.',
      other: `Die Schalter von ${people} Personen wurden gestellt.`,
    }),
}
