import { countingIn } from './counting.ts'

const count = countingIn('en')

/** The page of one person. */
export const englishPersonPage = {
  readAgain: 'Read again',
  reading: 'Every system is asked again; what it says appears as it comes.',
  toBoard: 'Back to the board',
  nobodyHere: 'There is nobody of this name here, or you may not see them.',
  optedIn: 'Opted in',
  willItRing: 'Will it ring?',
  noChannel: 'This person has no phone and no client that is known here.',
  callBack: (time: string) => `An emergency call was made: until ${time} nothing of ours silences a phone.`,
  rings: { yes: 'Rings', no: 'Does not ring', unknown: 'Not known' },
  channels: { collaboration: 'own client', phone: 'phone', softphone: 'softphone' },
  ways: { direct: 'called directly', queue: 'from a queue', internal: 'by a colleague' },
  ringsUntil: (time: string) => `Until ${time}.`,
  day: 'Through the day',
  noHistory:
    'No history is kept for this tenant, so there is nothing to draw. It begins with this in the configuration:',
  ledgerBelow: 'What was written in the last quarter of an hour stands below, under “Why?”.',
  keptSince: (time: string) => `It is kept since ${time}.`,
  lastHour: 'Draw the last hour',
  today: 'Draw today',
  lastDay: 'Draw the last 24 hours',
  dayCut: 'There was more than can be drawn at once: the end is missing. Draw a shorter stretch.',
  inWords: (spans: number) =>
    count(spans, { one: 'In words: 1 stretch', other: `In words: ${spans} stretches` }),
  links: 'Links and how long they take',
  noLink: 'No link joins two systems of this person.',
  linkCovers: 'covers this person',
  linkObserves: 'covers this person; decides and writes nothing',
  linkCoversNot: 'does not cover this person',
  noLatency: 'Nothing was written in the last quarter of an hour.',
  latency: (writes: number, median: string, slowest: string) =>
    `${count(writes, { one: 'The last write was', other: `The last ${writes} writes were` })} acknowledged after ${median} (median), ${slowest} at most.`,
  stored: 'What is stored',
  storedText:
    'State, history, writes, audit entries and what connectors remember. Both are noted in the audit log.',
  exportData: 'Export as a file',
  eraseData: 'Erase the past',
  eraseTitle: (name: string) => `Erase the past of ${name}?`,
  eraseText:
    'History and finished writes are deleted and cannot be brought back. What their systems say now, and writes that may still be there, stay: without them nothing could be taken back.',
  erased: (history: number, writes: number) =>
    `Erased: ${history} entries of the history, ${writes} finished writes.`,
}
