import { countingIn } from './counting.ts'

const count = countingIn('en')
const queues: Readonly<Record<string, string>> = {
  turns: 'People waiting to be worked out',
  answers: 'Writes waiting for an answer',
  putOff: 'Writes put off until later',
  withdraw: 'Withdrawals waiting to be sent',
  write: 'Writes waiting to be sent',
  settle: 'Reads after a write waiting to be sent',
  hot: 'Reads waiting to be sent',
  sweep: 'Routine reads waiting to be sent',
}
const credentials: Readonly<Record<string, string>> = {
  token: 'Token',
  secret: 'Secret',
  certificate: 'Certificate',
}
const repairKinds: Readonly<Record<string, string>> = {
  vanished: 'Had vanished, written again',
  unanswered: 'Written again until it was answered',
  leftover: 'Left over from before, taken for ours',
  missed: 'Read anew after a break',
}

/** Words of the health page that no other page has. */
export const englishHealth = {
  look: 'Worth a look',
  noAlert: 'No alert was raised.',
  throttled: (system: string, time: string, refusals: string) =>
    `${system} has asked for fewer requests since ${time} (${refusals}).`,
  toldToWait: (wait: string) => `The last one told to wait ${wait}.`,
  blocked: (time: string) => `Nothing is sent there until ${time}.`,
  tokenTrouble: (system: string) => `The token of ${system} cannot be renewed.`,
  tokenEnds: (time: string) => `It ends at ${time}.`,
  tokenEnded: (time: string) => `It ended at ${time}.`,
  untold: (system: string, kind: string) => `${system} does not tell everything by itself (${kind}).`,
  waitsLong: (system: string, queue: string, time: string) => `${system}: ${queue}, the first since ${time}.`,
  strange: (system: string, words: number) =>
    `${system} says ${count(words, { one: 'a word', other: `${words} words` })} that nobody has mapped.`,
  requests: 'Requests',
  used: (used: string, limit: string) => `${used} of ${limit} in 30 s`,
  mayGrow: (growth: string, ceiling: string) => `grows by ${growth} every 30 s, up to ${ceiling}`,
  atCeiling: 'as many as are allowed',
  refusals: (times: number) => count(times, { one: '1 refusal', other: `${times} refusals` }),
  neverRefused: 'never refused',
  throttledSince: (time: string) => `fewer were asked for since ${time}`,
  lastRefusal: (time: string, wait: string) => `last at ${time}, to wait ${wait}`,
  blockedUntil: (time: string) => `nothing is sent until ${time}`,
  waiting: 'Waiting',
  nothingWaits: 'nothing',
  hub: 'The hub',
  queues,
  sinceThen: (time: string) => `the first since ${time}`,
  signedIn: 'Signed in with',
  credentials,
  ends: (time: string) => `ends ${time}`,
  ended: (time: string) => `ended ${time}`,
  notRenewed: 'not renewed:',
  subscriptions: 'Told by',
  inForce: (kind: string, number: number) => `${kind}: ${number} in force`,
  endsFirst: (time: string) => `the first ends at ${time}`,
  renewals: (times: number) => count(times, { one: 'made once', other: `made or renewed ${times} times` }),
  heard: (time: string) => `last heard at ${time}`,
  neverHeard: 'nothing heard yet',
  mended: 'What was mended',
  mendedText:
    'Where something had gone astray (a lost answer, a session that vanished, a break in the line), it was put right. Counted since the hub began.',
  noRepairs: 'Nothing had to be mended.',
  repairKinds,
  when: 'When',
  person: 'Person',
  system: 'System',
  what: 'What',
  words: 'Words that nobody has mapped',
  wordsText:
    'A vendor has added them, or nobody has met them yet. Nothing stands still for them; report them.',
  noWords: 'Every word was known.',
  place: 'Where',
  word: 'Word',
  takenAs: 'Taken as',
  times: 'How often',
  first: 'First',
  last: 'Last',
  period: 'Period',
  chart: (link: string, hops: string) => `How long changes take over ${link}. ${hops}`,
  chartHop: (hop: string, median: string, p95: string) =>
    `${hop}: half within ${median}, 95 of 100 within ${p95}.`,
  noneInHour: 'Nothing was written in the last hour.',
  half: 'half of them',
  most: '95 of 100',
  promise: 'promised',
  figures: 'The figures as a table',
}
