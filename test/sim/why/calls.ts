import { IN_A_CALL, PRESENTING } from '../../../src/core/presence.ts'
import { link } from '../../support/points.ts'
import { CALL, DND } from '../pairs.ts'
import {
  call,
  choose,
  client,
  cut,
  hangUp,
  key,
  pause,
  pauseShortly,
  release,
  signal,
  teamsCall,
  unnamed,
} from './steps.ts'
import { neverSpoke, type Situation } from './truth.ts'

const session = 'teams anna session'
const phone = link('phone', 'teams')
const desk = link('desk', 'teams')
const both = [phone, desk]
const nothing = 'nothing of ours'
const { calls } = phone

/** What is shown in Teams for calls, and why not. */
export const callSituations: readonly Situation[] = [
  {
    title: 'a call',
    links: [phone],
    steps: [call('phone')],
    asked: session,
    answer: [CALL, 'applied'],
  },
  {
    title: 'two calls on two phone systems: the older one',
    links: both,
    steps: [call('phone'), call('desk')],
    asked: session,
    answer: [CALL, 'applied'],
  },
  {
    title: 'the older of two calls is over: the other one',
    links: both,
    steps: [call('phone'), call('desk'), hangUp('phone')],
    asked: session,
    answer: [CALL, 'applied'],
  },
  {
    title: 'within the grace after a call',
    links: [link('phone', 'teams', { graceMs: 60_000 })],
    steps: [call('phone'), hangUp('phone', 5000)],
    asked: session,
    answer: [CALL, 'applied'],
  },
  {
    title: 'an internal call that the filter leaves out, beside one that counts',
    links: [link('phone', 'teams', { calls: { ...calls, internal: false } }), desk],
    steps: [call('phone', { party: 'internal' }), call('desk')],
    asked: session,
    answer: [CALL, 'applied'],
  },
  {
    title: 'a queue call that the filter leaves out is no loser',
    links: [desk, link('phone', 'teams', { calls: { ...calls, queue: false } })],
    steps: [call('desk'), call('phone', { through: 'queue', direction: 'inbound' })],
    asked: session,
    answer: [CALL, 'applied'],
  },
  {
    title: 'a call on hold',
    links: [phone],
    steps: [call('phone'), unnamed(({ phone: one }) => one.hold())],
    asked: session,
    answer: [CALL, 'applied'],
  },
  {
    title: 'ringing that counts',
    links: [link('phone', 'teams', { calls: { ...calls, ringing: true } })],
    steps: [call('phone', { state: 'early', direction: 'inbound' })],
    asked: session,
    answer: [CALL, 'applied'],
  },
  {
    title: 'Presenting for the calls of one phone system stands above the older call of the other',
    links: [
      link('phone', 'teams', { rows: [{ when: { activity: 'inACall' }, act: 'set', state: PRESENTING }] }),
      desk,
    ],
    steps: [call('desk'), call('phone')],
    asked: session,
    answer: ['doNotDisturb/presenting', 'applied'],
  },
  {
    title: 'a call is hidden behind what the person chose in Teams',
    links: [phone],
    steps: [call('phone'), choose(DND, 'Do not disturb')],
    asked: session,
    answer: [CALL, 'masked'],
  },
  {
    title: 'Teams is in a call by itself: nothing has to be written',
    links: [phone],
    steps: [teamsCall(), call('phone')],
    asked: session,
    answer: [CALL, 'covered'],
  },
  {
    title: 'a preferred Available is taken away for the call',
    mode: 'documented',
    links: [link('phone', 'teams', { clearAvailable: true })],
    steps: [call('phone'), { ...choose('available/available', 'Available'), waitMs: 10 }],
    asked: 'teams anna preferred',
    answer: ['no available/available', 'pending'],
  },
  {
    title: 'an external signal is a source like any other',
    links: [link('api', 'teams')],
    steps: [signal(CALL, 'In a call')],
    asked: session,
    answer: [CALL, 'applied'],
  },
  {
    title: 'an external signal, and a call that began before it',
    links: [link('api', 'teams'), phone],
    steps: [call('phone'), signal(CALL, 'In a call')],
    asked: session,
    answer: [CALL, 'applied'],
  },
  {
    title: 'a phone system that cannot be heard keeps what it said',
    links: [phone],
    steps: [call('phone'), cut('phone')],
    asked: session,
    answer: ['what we wrote last', 'lost'],
  },
  {
    title: 'nothing is written before every source was heard',
    links: both,
    mute: 'desk',
    steps: [neverSpoke(), call('phone', {})],
    asked: session,
    answer: [CALL, 'pending'],
  },
  {
    title: 'the person has switched sync off',
    links: [phone],
    steps: [call('phone'), pause()],
    asked: session,
    answer: [nothing, 'idle'],
  },
  {
    title: 'the person has switched one of two links off',
    links: both,
    steps: [call('phone'), call('desk'), pause('phone to teams')],
    asked: session,
    answer: [CALL, 'applied'],
  },
  {
    title: 'sync is on again: what was chosen before does not count',
    links: [phone],
    steps: [key('phone', true), pauseShortly()],
    asked: 'teams anna preferred',
    answer: [nothing, 'idle'],
  },
  {
    title: 'an operator had everything taken back',
    links: [phone],
    steps: [call('phone'), release()],
    asked: session,
    answer: [nothing, 'idle'],
  },
  {
    title: 'a link that only observes',
    links: [link('phone', 'teams', { observeOnly: true }), desk],
    steps: [call('phone'), call('desk')],
    asked: session,
    answer: [CALL, 'applied'],
  },
  {
    title: 'lamps of a line that is seen better elsewhere are no second call',
    links: [phone, link('lamps', 'teams')],
    steps: [call('phone'), call('lamps', { leg: 'lamp', evidence: 'lamp' })],
    asked: session,
    answer: [CALL, 'applied'],
  },
  {
    title: 'a meeting that Teams shows by itself, written into an external call as a table wants it',
    links: [
      link('teams', 'crm', {
        rows: [{ when: { activity: 'inAMeeting' }, act: 'set', state: IN_A_CALL }],
      }),
    ],
    steps: [client('busy/inAMeeting', 'In a meeting')],
    asked: 'crm anna status',
    answer: ['busy/busy', 'applied'],
  },
]
