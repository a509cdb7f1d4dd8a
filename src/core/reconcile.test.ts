import { describe, expect, it } from 'vitest'
import {
  contribution,
  dndSlot,
  heardPoint,
  order,
  preferredSlot,
  sessionSlot,
  teamsPoint,
} from '../../test/support/points.ts'
import type { WriteSlot } from './connector.ts'
import type { Voice } from './decide.ts'
import { defaultSwitches } from './policy.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, IN_A_CALL, PRESENTING, presence, UNKNOWN } from './presence.ts'
import type { Point } from './presentity.ts'
import type { Wanted } from './project.ts'
import { reconcile } from './reconcile.ts'

const voice: Voice = {
  link: 'pbx to teams',
  from: 'pbx',
  kind: 'condition',
  address: '1001',
  row: 0,
  at: 0,
  text: 'call on pbx 1001',
  switches: defaultSwitches,
  act: 'set',
  state: IN_A_CALL,
}

function step(point: Point, slot: WriteSlot, wanted: Wanted, now = 20_000) {
  return reconcile({ plan: { slot, wanted, lost: [], yielded: false }, point, order, now, inFlight: false })
}

const call: Wanted = { act: 'set', state: IN_A_CALL, voice }
const leave: Wanted = { act: 'leave' }

describe('reconciling a session', () => {
  it('writes once, prolongs at half life, and takes back when nothing is wanted', () => {
    expect(step(teamsPoint(), sessionSlot, call).action).toMatchObject({ do: 'assert', refresh: false })
    const point = teamsPoint({ contributions: [contribution()] })
    expect(step(point, sessionSlot, call).action.do).toBe('nothing')
    expect(step(point, sessionSlot, call).reviewAt).toBe(360_000)
    expect(step(point, sessionSlot, call, 360_000).action).toMatchObject({ do: 'assert', refresh: true })
    expect(step(point, sessionSlot, leave).action).toMatchObject({ do: 'withdraw' })
  })

  it('writes nothing where the system shows as much by itself', () => {
    const native = (state: Parameters<typeof presence>) => ({
      state: presence(...state),
      chosen: 'unknown' as const,
      outOfOffice: false,
      since: 0,
    })
    const shown = (...state: Parameters<typeof presence>) =>
      step(teamsPoint({ native: native(state) }), sessionSlot, call).status
    expect(shown('busy', 'inACall')).toBe('covered')
    expect(shown('doNotDisturb', 'doNotDisturb')).toBe('covered')
    expect(shown('busy', 'busy')).toBe('pending')
    expect(shown('unknown', 'unknown')).toBe('pending')
  })

  it('knows of nothing that masks a write where nothing is read back', () => {
    const point = teamsPoint({ contributions: [contribution()], read: { state: AWAY, at: 19_000 } })
    expect(step(point, { ...sessionSlot, readBack: 'none' }, call).status).toBe('applied')
  })

  it('writes Presenting anew for a choice where it stood for a call, and not again', () => {
    const forCall = contribution({ state: PRESENTING })
    const chosen: Wanted = {
      act: 'set',
      state: PRESENTING,
      voice: { ...voice, kind: 'choice', state: DO_NOT_DISTURB },
    }
    const action = (open: typeof forCall) =>
      step(teamsPoint({ contributions: [open] }), sessionSlot, chosen).action
    expect(action(forCall)).toMatchObject({ do: 'assert', refresh: false })
    const { cause } = forCall
    expect(action({ ...forCall, cause: { ...cause, kind: 'choice' } }).do).toBe('nothing')
  })

  it('says what masks a settled write', () => {
    const point = teamsPoint({ contributions: [contribution()], read: { state: AWAY, at: 19_000 } })
    expect(step(point, sessionSlot, call)).toMatchObject({
      status: 'masked',
      detail: 'away/away is shown instead',
    })
  })

  it('G-03: sends again what was sent without an answer, and takes it back unconditionally', () => {
    const open = contribution({ ackAt: undefined })
    expect(step(teamsPoint({ contributions: [open] }), sessionSlot, call).action.do).toBe('assert')
    expect(step(teamsPoint({ contributions: [open] }), sessionSlot, leave).action.do).toBe('withdraw')
  })

  it('closes without a request what has run out', () => {
    const point = teamsPoint({ contributions: [contribution()] })
    expect(step(point, sessionSlot, call, 720_000).action).toMatchObject({ do: 'close', ending: 'expired' })
  })

  it('a lost source keeps what is there without prolonging it', () => {
    const hold: Wanted = {
      act: 'hold',
      lost: true,
      until: 900_000,
      voice: { ...voice, act: 'hold', lost: true, until: 900_000, said: true },
    }
    const point = teamsPoint({ contributions: [contribution()] })
    expect(step(point, sessionSlot, hold, 400_000)).toMatchObject({
      action: { do: 'nothing' },
      status: 'lost',
    })
  })

  it('does not put back without end a session that the target drops', () => {
    const gone = [1, 2, 3].map((n) =>
      contribution({ id: `g${n}`, ending: 'gone', endIntentAt: n, endAckAt: n, endConfirmedAt: n }),
    )
    const result = step(teamsPoint({ contributions: gone }), sessionSlot, call)
    expect(result).toMatchObject({ action: { do: 'nothing' }, status: 'masked', reviewAt: 360_001 })
  })
})

describe('reconciling a slot that the person uses too', () => {
  const dnd: Wanted = { act: 'set', state: DO_NOT_DISTURB, voice }
  const clear: Wanted = { act: 'clear', state: DO_NOT_DISTURB, voice }

  it('leaves alone what is already chosen there', () => {
    const point = heardPoint({ base: { state: DO_NOT_DISTURB, at: 0, by: 'native' } })
    expect(step(point, dndSlot, dnd)).toMatchObject({ action: { do: 'nothing' }, status: 'covered' })
    expect(step(point, dndSlot, leave)).toMatchObject({ action: { do: 'nothing' }, status: 'idle' })
  })

  it('VO-25: takes a choice away when the person took it back elsewhere, whoever had made it', () => {
    const point = heardPoint({ base: { state: DO_NOT_DISTURB, at: 0, by: 'native' } })
    expect(step(point, dndSlot, clear).action).toMatchObject({ do: 'withdraw', restore: AVAILABLE })
    const idle = heardPoint({ base: { state: AVAILABLE, at: 0, by: 'native' } })
    expect(step(idle, dndSlot, clear).action.do).toBe('nothing')
  })

  it('X-16 G-04: restores what was found, and never writes Available as a restore', () => {
    const restore = (found: Parameters<typeof presence> | undefined) => {
      const one = contribution({
        slot: 'preferred',
        state: DO_NOT_DISTURB,
        found: found && presence(...found),
      })
      const { action } = step(teamsPoint({ contributions: [one] }), preferredSlot, leave)
      return action.do === 'withdraw' ? action.restore : undefined
    }
    expect(restore(['beRightBack', 'beRightBack'])).toEqual(presence('beRightBack', 'beRightBack'))
    expect(restore(['available', 'available'])).toBe(UNKNOWN)
    expect(restore(undefined)).toBe(UNKNOWN)
  })

  it('never refreshes a choice blindly', () => {
    const open = contribution({ slot: 'preferred', state: DO_NOT_DISTURB, expiresAt: 86_400_000 })
    const half = 43_200_000
    const showing = (state: typeof AVAILABLE) =>
      step(teamsPoint({ contributions: [open], read: { state, at: half } }), preferredSlot, dnd, half).action
        .do
    expect(showing(DO_NOT_DISTURB)).toBe('assert')
    expect(showing(AVAILABLE)).toBe('nothing')
  })
})
