import { countingIn } from './counting.ts'
import type { englishFleet } from './english-fleet.ts'

const count = countingIn('de')

export const germanFleet: typeof englishFleet = {
  search: 'Kunde oder Problem',
  none: 'Kein Kunde passt dazu.',
  count: (shown, troubled) =>
    `${count(shown, { one: '1 Kunde', other: `${shown} Kunden` })}, bei ${troubled} ist etwas zu tun`,
  conditions: { broken: 'Geht nicht', attention: 'Ansehen', fine: 'Alles gut' },
  people: (people) => count(people, { one: '1 Person', other: `${people} Personen` }),
  systems: (all) => count(all, { one: '1 System', other: `${all} Systeme` }),
  down: (systems) => `${systems} nicht verbunden`,
  degraded: (systems) => `${systems} gestört`,
  unmatched: (entries) => `${entries} nicht zugeordnet`,
  openItems: (items) => `${items} zu tun`,
  rules: (version) => `Regeln Version ${version}`,
  add: 'Kunden hinzufügen',
  remove: (tenant) => `${tenant} entfernen`,
  removeShort: 'Entfernen',
  removeText:
    'Seine Systeme werden nicht mehr verbunden, was der Hub dort geschrieben hat, wird zurückgenommen, und seine Personen verlassen die Übersicht. Verlauf und Audit-Protokoll bleiben, solange sie aufbewahrt werden; Konten bleiben, mit Rechten, die nichts mehr geben.',
  removed: (tenant) => `${tenant} ist entfernt.`,
  undo: 'Rückgängig',
  undone: (tenant) => `${tenant} ist wieder da.`,
  choose: (tenant) => `${tenant} auswählen`,
  rollOut: (chosen) => `Vorlage für ${count(chosen, { one: '1 Kunden', other: `${chosen} Kunden` })}`,
  template: 'Eine Vorlage für die gewählten Kunden',
  preset: 'Vorlage',
  pick: 'Vorlage wählen',
  apply: (tenants) => `Bei ${tenants} in Kraft setzen`,
  close: 'Schließen',
  nothingChanges: 'Keine Verknüpfung folgt dadurch anderen Regeln.',
  change: (link, was, is) => `${link}: ${was} wird zu ${is}.`,
  ownRows: 'Seine eigenen Zeilen bleiben.',
  unchanged: 'Es war nichts zu ändern.',
  saved: (version) => `Erledigt: Version ${version} der Konfiguration.`,
  failed: 'Nicht erledigt:',
}
