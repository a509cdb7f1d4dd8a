import type { HubSentences } from '../hub-translator.ts'

/** Sites near phone systems, and hubs that share a configuration (src/apps). */
export const siteSentences: HubSentences = {
  'Take {what} out here, and change it in the file at every hub.':
    'Nehmen Sie {what} hier heraus, und ändern Sie es in der Datei an jedem Hub.',
  'Take it out here. Several hubs have a file with store, http and cluster, and cluster.configuration is stored.':
    'Nehmen Sie es hier heraus. Mehrere Hubs haben eine Datei mit store, http und cluster, und cluster.configuration ist stored.',
  'Who is at {connector} was not asked for: it runs at the site "{site}".':
    'Wer bei {connector} ist, wurde nicht gefragt: der Konnektor läuft am Standort „{site}“.',
  'It runs at the site "{site}", where it is tried: not from here.':
    'Er läuft am Standort „{site}“ und wird dort erprobt, nicht von hier.',
  'Try it at the running hub: settings of the connector in the portal.':
    'Erproben Sie ihn am laufenden Hub: Einstellungen des Konnektors im Portal.',
  'The hub {hub} did not take this over: {reason}': 'Der Hub {hub} hat das nicht übernommen: {reason}',
  'Name another one.': 'Nennen Sie einen anderen.',
  'The tenant has no connector "{connector}".': 'Der Mandant hat keinen Konnektor „{connector}“.',
  'It has these: {connectors}.': 'Er hat diese: {connectors}.',
  'Write "site: {site}" at that connector first.': 'Schreiben Sie bei diesem Konnektor erst „site: {site}“.',
  'The connector "{connector}" runs at the hub in the configuration.':
    'Der Konnektor „{connector}“ läuft nach der Konfiguration am Hub.',
  'A code is for connectors of one site.': 'Ein Code ist für Konnektoren eines Standorts.',
  'The connector "{connector}" is at the site "{site}", not "{other}".':
    'Der Konnektor „{connector}“ ist am Standort „{site}“, nicht „{other}“.',
  'No connector was named.': 'Kein Konnektor wurde genannt.',
  'Name the connectors that the site is to run.':
    'Nennen Sie die Konnektoren, die am Standort laufen sollen.',
  'This hub cannot see the database now. Ask again in a moment.':
    'Dieser Hub sieht die Datenbank gerade nicht. Fragen Sie gleich noch einmal.',
  'The database of this hub takes nothing now. Ask again in a moment.':
    'Die Datenbank dieses Hubs nimmt gerade nichts an. Fragen Sie gleich noch einmal.',
  'The store of this hub has no room left: nothing can be stored until there is some.':
    'Der Speicher dieses Hubs ist voll: nichts kann gespeichert werden, bis wieder Platz ist.',
  'This hub is stopping or starting anew. Ask again in a moment.':
    'Dieser Hub wird gerade beendet oder startet neu. Fragen Sie gleich noch einmal.',
  'There is no such site.': 'Diesen Standort gibt es nicht.',
  'The hub that has this tenant does not answer now. It is tried again.':
    'Der Hub, der diesen Mandanten hat, antwortet gerade nicht. Es wird wieder versucht.',
  'The site "{site}" is not connected': 'Der Standort „{site}“ ist nicht verbunden',
  'The site "{site}" answered with something that is no directory':
    'Der Standort „{site}“ antwortete mit etwas, das kein Verzeichnis ist',
  'The site "{site}", where this connector runs, is not connected.':
    'Der Standort „{site}“, an dem dieser Konnektor läuft, ist nicht verbunden.',
  'The site "{site}", where this connector runs, is not connected: {reason}':
    'Der Standort „{site}“, an dem dieser Konnektor läuft, ist nicht verbunden: {reason}',
  'Start "hookswitch site" there, or look at its log. Without a site of that name: hookswitch sites code {rest}':
    'Starten Sie dort „hookswitch site“, oder sehen Sie in sein Log. Ohne einen Standort dieses Namens: hookswitch sites code {rest}',
  'Start "hookswitch site" there, or look at its log.':
    'Starten Sie dort „hookswitch site“, oder sehen Sie in sein Log.',
  'Without a site of that name: hookswitch sites code {rest}':
    'Ohne einen Standort dieses Namens: hookswitch sites code {rest}',
  'See whether its machine runs and reaches this hub: it dials again by itself.':
    'Sehen Sie nach, ob der Rechner dort läuft und diesen Hub erreicht: er wählt von selbst wieder an.',
  'Why it cannot is in its log.': 'Warum das nicht gelingt, steht in seinem Log.',
  'The site "{site}" was not enrolled for the connector "{connector}"':
    'Der Standort „{site}“ wurde nicht für den Konnektor „{connector}“ angemeldet',
  'Enrol it with a code that names all its connectors: hookswitch sites code {rest}':
    'Melden Sie ihn mit einem Code an, der alle seine Konnektoren nennt: hookswitch sites code {rest}',
  'It runs at the site "{site}", which is not connected.':
    'Er läuft am Standort „{site}“, der nicht verbunden ist.',
  'It runs at the site "{site}" (version {version}).': 'Er läuft am Standort „{site}“ (Version {version}).',
  'The site "{site}": {reason}': 'Der Standort „{site}“: {reason}',
  'the site is not connected': 'der Standort ist nicht verbunden',
  'the site did not answer within {number} s': 'der Standort antwortete nicht innerhalb von {number} s',
  'the link to the site was cut; what became of it is not known':
    'die Verbindung zum Standort wurde getrennt; was daraus wurde, ist nicht bekannt',
  'the connection was cut': 'die Verbindung wurde getrennt',
  'nothing was heard of it for {number} s': '{number} s lang war nichts von ihm zu hören',
  'it has connected anew': 'er hat sich neu verbunden',
  'the hub hands the tenant over': 'der Hub gibt den Mandanten ab',
  'it said something out of turn': 'er sagte etwas, das nicht an der Reihe war',
  'It said something that is no frame of the link.': 'Er sagte etwas, das nicht zur Verbindung gehört.',
  'it is not enrolled for the connector "{connector}"':
    'er ist nicht für den Konnektor „{connector}“ angemeldet',
  'A message was lost on the way.': 'Eine Nachricht ging unterwegs verloren.',
  'An administrator revoked this site.': 'Ein Administrator hat diesen Standort widerrufen.',
  'Another one was enrolled in its place, with a key of its own.':
    'An seiner Stelle wurde ein anderer angemeldet, mit eigenem Schlüssel.',
  'It did not prove who it is in time.': 'Er bewies nicht rechtzeitig, wer er ist.',
  'The hub could not look the site up. It is tried again.':
    'Der Hub konnte den Standort nicht nachschlagen. Es wird wieder versucht.',
  'The hub does not know this site: it was revoked, or enrolled anew elsewhere. Enrol it with a new code.':
    'Der Hub kennt diesen Standort nicht: er wurde widerrufen oder anderswo neu angemeldet. Melden Sie ihn mit einem neuen Code an.',
  'the connector stopped or failed': 'der Konnektor hielt an oder fiel aus',
}
