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
  'There is no such site.': 'Diesen Standort gibt es nicht.',
  'The hub that has this tenant is being replaced. It is tried again.':
    'Der Hub, der diesen Mandanten hat, wird gerade ersetzt. Es wird wieder versucht.',
}
