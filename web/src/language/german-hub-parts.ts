import type { englishHubParts } from './english-hub-parts.ts'

export const germanHubParts: typeof englishHubParts = {
  tab: 'Hub',
  part: 'Teil des Hubs',
  parts: {
    http: 'HTTP: wo Übersicht und API zu erreichen sind',
    network: 'Netz: wohin sich der Hub verbinden darf',
    signIn: 'Anmeldung: Anbieter',
    log: 'Protokoll',
    alerts: 'Meldungen, Mail und Ruhezeiten',
    applications: 'Anwendungen des Betreibers',
  },
  restart: 'Was hier gespeichert wird, gilt ab dem nächsten Start des Hubs.',
  atOnce: 'Was hier gespeichert wird, gilt sofort.',
  atStart: 'Was dem Hub beim Start mitgegeben wurde (--host, --port), geht vor.',
  save: 'Speichern',
  saveForLater: 'Für den nächsten Start speichern',
  saved: 'Gespeichert.',
  savedForLater: 'Gespeichert. Bis zum nächsten Start läuft der Hub wie bisher.',
  unchanged: 'Es wurde nichts geändert.',
  defaults: 'Diesen Teil herausnehmen',
  defaultsTitle: 'Diesen Teil aus der Konfiguration nehmen?',
  defaultsText: 'Dann gelten seine Voreinstellungen. Eine frühere Version bringt ihn zurück.',
}
