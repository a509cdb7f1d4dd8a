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
  choose: (tenant) => `${tenant} auswählen`,
  rollOut: (chosen) => `Vorlage für ${count(chosen, { one: '1 Kunden', other: `${chosen} Kunden` })}`,
  template: 'Eine Vorlage für die gewählten Kunden',
  preset: 'Vorlage',
  pick: 'Vorlage wählen',
  apply: (tenants) => `Bei ${tenants} in Kraft setzen`,
  close: 'Schließen',
  nothingChanges: 'Kein Weg folgt dadurch anderen Regeln.',
  change: (link, was, is) => `${link}: ${was} wird zu ${is}.`,
  ownRows: 'Seine eigenen Zeilen bleiben.',
  unchanged: 'Es war nichts zu ändern.',
  saved: (version) => `Erledigt: Version ${version} der Konfiguration.`,
  failed: 'Nicht erledigt:',
}
