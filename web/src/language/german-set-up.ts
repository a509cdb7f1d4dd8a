import { countingIn } from './counting.ts'
import type { englishSetUp } from './english-set-up.ts'

const count = countingIn('de')

export const germanSetUp: typeof englishSetUp = {
  title: 'Zehn Minuten bis zum ersten Anruf',
  text: 'Jeder Schritt lässt sich später auf seiner eigenen Seite ändern. Geschrieben wird nirgends, bevor die Verknüpfungen angelegt sind.',
  states: { done: 'Erledigt', now: 'Als Nächstes', later: 'Später' },
  tenant: 'Ihrer Organisation einen Namen geben',
  tenantName: 'Kurzer Name',
  tenantHint: 'Buchstaben, Ziffern, - und _; er bleibt. Gut ist Ihre Domäne ohne die Endung.',
  tenantTaken: 'Einen Mandanten dieses Namens gibt es.',
  newTenant: 'Ein neuer Kunde: Beginnen Sie mit dem Namen, die anderen Schritte folgen.',
  nameIt: 'So heißt sie',
  microsoft: 'Microsoft 365 verbinden',
  microsoftText:
    'Eine eigene Anwendung bei Microsoft, angelegt von einem fertigen Skript, oder Zustimmung durch einen Link.',
  phones: 'Eine Telefonanlage hinzufügen',
  phonesText: 'Aus dem Katalog; Sie probieren die Verbindung, bevor sie gespeichert wird.',
  system: (id, state) => `${id}: ${state}`,
  people: 'Personen zuordnen',
  peopleText:
    'Abgeglichen wird, wen Microsoft 365 und die Telefonanlage beide mit Mailadresse kennen. Wer sich nicht zuordnen lässt, wird genannt, mit dem Grund.',
  match: 'Nach Mailadresse zuordnen',
  matching: 'Die Verzeichnisse werden gelesen.',
  found: (all) => count(all, { one: '1 Person wurde gefunden.', other: `${all} Personen wurden gefunden.` }),
  doubtful: 'Anzusehen',
  nobodys: 'Telefone, die niemandem gehören',
  nobodyHas: (mails) => `Mit der Mailadresse ${mails} niemandem in Microsoft 365 zugeordnet.`,
  noMail: 'Es hat keine Mailadresse.',
  toPeople: 'Alle Personen, und Zuordnen von Hand',
  links: 'Wählen, wer wem folgt',
  linksText:
    'Eine Vorlage enthält die Regeln: welche Anrufe zählen, was „Nicht stören“ wo bedeutet. Alle lassen sich später lesen und ändern.',
  preset: 'Vorlage',
  follows: (target, source) => `${target} folgt ${source}`,
  link: 'Diese Verknüpfungen anlegen',
  linked: (links) => `Verbunden: ${links}`,
  call: 'Den ersten Anruf sehen',
  callText: 'Rufen Sie mit einem der Telefone an: Hier erscheint es, sobald Teams es weiß.',
  waiting: 'Wartet auf einen Anruf',
  called: (name) => `${name} macht den Anfang: Der Anruf wurde gezeigt.`,
  why: 'Warum?',
  toDo: (open) => count(open, { one: 'Eines ist zu tun', other: `${open} Dinge sind zu tun` }),
  doIt: (title) => `Dorthin: ${title}`,
  goThere: 'Dorthin',
  back: 'Zurück zum Einrichten',
}
