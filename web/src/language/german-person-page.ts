import { countingIn } from './counting.ts'
import type { englishPersonPage } from './english-person-page.ts'

const count = countingIn('de')

export const germanPersonPage: typeof englishPersonPage = {
  readAgain: 'Neu lesen',
  reading: 'Jedes System wird noch einmal gefragt; was es sagt, erscheint, sobald es kommt.',
  toBoard: 'Zurück zur Übersicht',
  nobodyHere: 'Hier gibt es niemanden dieses Namens, oder Sie dürfen ihn nicht sehen.',
  optedIn: 'Zugestimmt',
  willItRing: 'Klingelt es?',
  noChannel: 'Diese Person hat kein Telefon und kein Programm, das hier bekannt ist.',
  callBack: (time) => `Es gab einen Notruf: Bis ${time} schaltet nichts von uns ein Telefon stumm.`,
  rings: { yes: 'Klingelt', no: 'Klingelt nicht', unknown: 'Nicht bekannt' },
  channels: { collaboration: 'eigenes Programm', phone: 'Telefon', softphone: 'Softphone' },
  ways: { direct: 'direkt angerufen', queue: 'aus einer Warteschlange', internal: 'von einem Kollegen' },
  ringsUntil: (time) => `Bis ${time}.`,
  day: 'Durch den Tag',
  noHistory:
    'Für diesen Mandanten wird keine Vergangenheit aufbewahrt, also gibt es nichts zu zeichnen. Sie beginnt mit diesem in der Konfiguration:',
  ledgerBelow: 'Was in der letzten Viertelstunde geschrieben wurde, steht unten bei „Warum?“.',
  keptSince: (time) => `Sie wird seit ${time} aufbewahrt.`,
  lastHour: 'Letzte Stunde zeichnen',
  today: 'Heute zeichnen',
  lastDay: 'Letzte 24 Stunden zeichnen',
  dayCut:
    'Es war mehr, als sich auf einmal zeichnen lässt: Das Ende fehlt. Zeichnen Sie eine kürzere Strecke.',
  inWords: (spans) => count(spans, { one: 'In Worten: 1 Strecke', other: `In Worten: ${spans} Strecken` }),
  links: 'Verknüpfungen und wie lange sie brauchen',
  noLink: 'Keine Verknüpfung verbindet zwei Systeme dieser Person.',
  linkCovers: 'erfasst diese Person',
  linkObserves: 'erfasst diese Person; entscheidet und schreibt nichts',
  linkCoversNot: 'erfasst diese Person nicht',
  noLatency: 'In der letzten Viertelstunde wurde nichts geschrieben.',
  latency: (writes, median, slowest) =>
    `${count(writes, { one: 'Das letzte Schreiben wurde', other: `Die letzten ${writes} Schreiben wurden` })} nach ${median} (Median) bestätigt, nach höchstens ${slowest}.`,
  stored: 'Was gespeichert ist',
  storedText:
    'Zustand, Vergangenheit, Geschriebenes, Audit-Einträge und was Konnektoren sich merken. Beides wird im Audit-Protokoll vermerkt.',
  exportData: 'Als Datei ausgeben',
  eraseData: 'Vergangenheit löschen',
  eraseTitle: (name) => `Die Vergangenheit von ${name} löschen?`,
  eraseText:
    'Vergangenheit und Abgeschlossenes werden gelöscht und lassen sich nicht zurückholen. Was die Systeme jetzt sagen und was noch dort stehen kann, bleibt: Sonst ließe es sich nicht zurücknehmen.',
  erased: (history, writes) =>
    `Gelöscht: ${history} Einträge der Vergangenheit, ${writes} abgeschlossene Schreiben.`,
}
