import type { Row } from '../../../src/core/policy.ts'
import { defaultPolicy } from '../../../src/core/policy.ts'
import { BUSY, DO_NOT_DISTURB, OFFLINE } from '../../../src/core/presence.ts'
import { link } from '../../support/points.ts'
import { CALL, DND, FREE } from '../pairs.ts'
import {
  call,
  choose,
  client,
  giveUp,
  hangUp,
  key,
  signal,
  signOut,
  status,
  teamsCall,
  unnamed,
} from './steps.ts'
import type { Situation } from './truth.ts'

const toPhone = link('teams', 'phone')
const dnd = 'phone 1001 dnd'
const nothing = 'nothing of ours'
const silencing: readonly Row[] = [
  { when: { activity: 'inACall' }, act: 'set', state: DO_NOT_DISTURB },
  { when: { availability: 'doNotDisturb' }, act: 'set', state: DO_NOT_DISTURB },
  { when: {}, act: 'release' },
]
const holding: readonly Row[] = [
  { when: { availability: 'doNotDisturb' }, act: 'set', state: DO_NOT_DISTURB },
  { when: { activity: 'offline' }, act: 'hold' },
  { when: {}, act: 'release' },
]
const outOfOffice: readonly Row[] = [
  { when: { outOfOffice: true, activity: 'inAMeeting' }, act: 'set', state: DO_NOT_DISTURB },
  { when: {}, act: 'release' },
]
const chosen = choose(DND, 'Do not disturb')

const crmDnd = { kind: 'presence', state: DO_NOT_DISTURB, chosen: 'yes' } as const
const loggedOut = { kind: 'presence', state: OFFLINE, chosen: 'yes', absent: 'signedOut' } as const

/** Chosen in Teams, and no longer: each time the rival has undone what was written at the phone. */
const fights = [1, 2, 3].flatMap(() => [
  unnamed(({ teams }) => teams.choose(DND), 8000),
  unnamed(({ teams }) => teams.choose(undefined), 4000),
])

/** Do not disturb at a phone, a status in a CRM, and the board. */
export const choiceSituations: readonly Situation[] = [
  {
    title: 'do not disturb chosen in Teams',
    links: [toPhone],
    steps: [chosen],
    asked: dnd,
    answer: [DND, 'applied'],
  },
  {
    title: 'of two choices the newer one',
    links: [toPhone, link('desk', 'phone')],
    steps: [chosen, key('desk', true)],
    asked: dnd,
    answer: [DND, 'applied'],
  },
  {
    title: 'the person took it off at the phone: that stands',
    links: [toPhone],
    steps: [chosen, key('phone', false)],
    asked: dnd,
    answer: [nothing, 'yielded'],
  },
  {
    title: "the phone system's schedule took it off: that stands",
    links: [toPhone],
    steps: [chosen, key('phone', false, 'schedule')],
    asked: dnd,
    answer: [nothing, 'yielded'],
  },
  {
    title: "the phone system's schedule took it off, over a link that reasserts",
    links: [link('teams', 'phone', { overSchedule: true })],
    steps: [chosen, unnamed(({ phone }) => phone.key(false, 'schedule'))],
    asked: dnd,
    answer: [DND, 'applied'],
  },
  {
    title: 'a call in Teams silences the phone',
    links: [link('teams', 'phone', { rows: silencing })],
    steps: [teamsCall()],
    asked: dnd,
    answer: [DND, 'applied'],
  },
  {
    title: 'a shared screen in Teams silences the phone',
    links: [link('teams', 'phone', { rows: silencing })],
    steps: [client('doNotDisturb/presenting', 'Presenting')],
    asked: dnd,
    answer: [DND, 'applied'],
  },
  {
    title: 'a call that the phone system forked to Teams is one call',
    links: [link('teams', 'phone', { rows: silencing })],
    steps: [
      {
        ...call('phone', { state: 'early', direction: 'inbound' }),
        says: /a call of phone itself/,
        waitMs: 4000,
      },
      { ...teamsCall(), says: /In a call on teams/, waitMs: 100 },
      hangUp('phone'),
    ],
    asked: dnd,
    answer: [nothing, 'idle'],
  },
  {
    title: 'help may call back',
    links: [toPhone],
    steps: [
      chosen,
      {
        says: /emergency call back/,
        waitMs: 1000,
        do: ({ phone }) => phone.call({ remote: '112', direction: 'outbound' }),
      },
    ],
    asked: dnd,
    answer: [nothing, 'idle'],
  },
  {
    title: 'a row that asks for out of office',
    links: [link('teams', 'phone', { rows: outOfOffice })],
    steps: [client('busy/inAMeeting', 'In a meeting', true)],
    asked: dnd,
    answer: [DND, 'applied'],
  },
  {
    title: 'signed out of Teams: the row keeps what was chosen',
    links: [link('teams', 'phone', { rows: holding })],
    steps: [chosen, client(undefined, 'Offline')],
    asked: dnd,
    answer: ['what we wrote last', 'applied'],
  },
  {
    title: 'an automatic state is believed while our own call hides it',
    links: [
      link('desk', 'teams'),
      link('teams', 'phone', {
        rows: [{ when: { activity: 'inAMeeting' }, act: 'set', state: DO_NOT_DISTURB }],
      }),
    ],
    steps: [client('busy/inAMeeting', 'In a meeting'), unnamed(({ desk }) => desk.call())],
    asked: dnd,
    answer: [DND, 'applied'],
  },
  {
    title: 'a condition over a link on which manual states do not win',
    links: [link('teams', 'phone', { rows: silencing, manualWins: false })],
    steps: [teamsCall(), unnamed(({ phone }) => phone.key(true)), unnamed(({ phone }) => phone.key(false))],
    asked: dnd,
    answer: [DND, 'applied'],
  },
  {
    title: 'somebody else keeps undoing it: the phone is left alone',
    links: [toPhone],
    steps: [
      {
        says: /contested/,
        do: ({ phone }) => {
          phone.rival = true
        },
      },
      ...fights,
      chosen,
    ],
    asked: dnd,
    answer: [DND, 'contested'],
  },
  {
    title: 'an address that is given up',
    links: [toPhone],
    steps: [chosen, giveUp('phone')],
    asked: dnd,
    answer: [nothing, 'pending'],
  },
  {
    title: 'a status in the CRM silences the phone, and the older choice in Teams does not count',
    links: [toPhone, link('crm', 'phone')],
    steps: [chosen, status(DND, 'Do not disturb')],
    asked: dnd,
    answer: [DND, 'applied'],
  },
  {
    title: 'a call hides a status in the CRM, where a choice was made in Teams before',
    links: [
      link('phone', 'crm', { rows: [{ when: { activity: 'inACall' }, act: 'set', state: BUSY }] }),
      link('teams', 'crm'),
    ],
    steps: [chosen, call('phone')],
    asked: 'crm anna status',
    answer: ['busy/busy', 'applied'],
  },
  {
    title: 'what was chosen is shown there already',
    links: [link('teams', 'crm')],
    steps: [status(FREE, 'Available'), status(DND, 'Do not disturb'), chosen],
    asked: 'crm anna status',
    answer: [DND, 'covered'],
  },
  {
    title: 'signed out of the CRM: nothing is written there',
    links: [link('teams', 'crm')],
    steps: [status(FREE, 'Available'), chosen, signOut()],
    asked: 'crm anna status',
    answer: [nothing, 'idle'],
  },
  {
    title: 'signed out of the CRM: what was chosen there silences no phone any more',
    links: [toPhone, link('crm', 'phone')],
    steps: [chosen, unnamed(({ crm }) => crm.say(crmDnd)), unnamed(({ crm }) => crm.say(loggedOut))],
    asked: dnd,
    answer: [DND, 'applied'],
  },
  {
    title: 'away for long: signed out of the CRM',
    links: [link('teams', 'crm', { signOutAfterMs: 3_600_000 })],
    steps: [status(FREE, 'Available'), { ...client('away/away', 'Away'), waitMs: 3_600_000 }],
    asked: 'crm anna status',
    answer: ['offline/offline', 'pending'],
  },
  {
    title: 'the board: do not disturb at a phone stands above a call in Teams',
    links: [link('desk', 'teams')],
    steps: [teamsCall(), key('desk', true)],
    asked: 'board',
    answer: [DND, 'applied'],
  },
  {
    title: 'the board: a call stands above what an external system says',
    links: [link('phone', 'teams')],
    also: ['api'],
    steps: [{ ...call('phone'), says: /phone 1001 says In a call/ }, signal('away/away', 'Away')],
    idle: /^teams anna: Available$/,
    asked: 'board',
    answer: [CALL, 'applied'],
  },
  {
    title: 'the board in an order of precedence of its own',
    links: [link('desk', 'teams')],
    rules: { precedence: [BUSY, ...defaultPolicy.precedence] },
    steps: [{ ...choose('busy/busy', 'Busy'), says: /teams anna says Busy/ }, key('desk', true)],
    asked: 'board',
    answer: ['busy/busy', 'applied'],
  },
]
