import { countingIn } from './counting.ts'
import type { englishBoard } from './english-board.ts'

const count = countingIn('de')

export const germanBoard: typeof englishBoard = {
  people: 'Personen',
  person: 'Person',
  state: 'Status',
  sinceHead: 'Seit',
  systemsHead: 'Was jedes System zeigt',
  sinceTitle: (time) => `Seit ${time}`,
  search: 'Personen suchen',
  searchHint: 'Name, Adresse, Nebenstelle suchen',
  tenant: 'Mandant',
  allTenants: 'Alle Mandanten',
  order: 'Reihenfolge',
  orders: { name: 'Nach Namen', busyFirst: 'Belegte zuerst', newest: 'Neueste Änderung zuerst' },
  grouping: 'Gruppen',
  groupings: { none: 'Ohne Gruppen', tenant: 'Nach Mandant', system: 'Nach System' },
  groupHead: (title, people) =>
    `${title}, ${count(people, { one: '1 Person', other: `${people} Personen` })}`,
  needsLook: 'Zu prüfen',
  favourites: 'Favoriten',
  makeFavourite: 'Zum Favoriten machen',
  noFavourite: 'Nicht mehr Favorit',
  loading: 'Der Hub wird gefragt, wer da ist',
  nobodyFits: 'Niemand passt',
  nobodyFitsText: 'Auf diese Suche und diese Filter passt niemand.',
  nobody: 'Noch niemand da',
  nobodyText:
    'Personen erscheinen, sobald die Konfiguration sie nennt oder das Verzeichnis eines Konnektors zugeordnet ist.',
  showEveryone: 'Alle zeigen',
  aboutDemo: 'Über diese Vorführung',
  demo: 'Dies ist eine Vorführung',
  demoText:
    ' mit nachgebildeten Telefonen und einem nachgebildeten Microsoft 365. Wählen Sie eine Person und drücken Sie „Anrufen“, oder schalten Sie auf einer Seite „Nicht stören“ ein: Die andere folgt.',
  dismissHint: 'Hinweis schließen',
  byItself: (label) => `selbst ${label}`,
  isRinging: 'klingelt',
  isOut: 'außer Haus',
  connectors: 'Konnektoren',
  problemCount: (problems) => count(problems, { one: '1 Problem', other: `${problems} Probleme` }),
  wall: 'Wandanzeige',
  wallHint: 'Wandanzeige mit diesen Filtern',
  leaveWall: 'Wandanzeige verlassen',
  wallPage: (page, pages) => `${page} von ${pages}`,
  wallEmpty: 'Auf das, was diese Wandanzeige zeigen soll, passt niemand.',
  links: {
    connecting: 'Verbindet …',
    live: 'Live',
    lost: 'Verbindung verloren',
    token: 'Nicht angemeldet',
  },
  lostTitle: 'Die Verbindung zum Hub ist verloren.',
  lostText: (reason, time) => `${reason} Was Sie sehen, ist von ${time}; es holt von selbst auf.`,
  tokenRefused: 'Der Hub hat dieses Token abgelehnt.',
  tokenWanted: 'Dieser Hub verlangt ein API-Token.',
  tokenText:
    'Fügen Sie eines aus der Konfiguration des Hubs ein. Es wird vergessen, wenn dieser Tab geschlossen wird.',
  token: 'API-Token',
  showBoard: 'Übersicht zeigen',
}
