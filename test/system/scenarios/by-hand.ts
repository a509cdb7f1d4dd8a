import { expect } from 'vitest'
import type { Pair } from '../../../src/lab/microsoft/states.ts'
import { FREE, IN_A_CALL } from '../e2e/lab-people.ts'
import type { World } from '../e2e/world.ts'
import { settledMs } from './waits.ts'

/** States of Teams' status menu with what shows during a phone call; undefined: that state itself. */
const chosen: readonly (readonly [Pair, 'documented' | 'observed', Pair])[] = [
  ['DoNotDisturb/DoNotDisturb', 'documented', 'DoNotDisturb/DoNotDisturb'],
  ['DoNotDisturb/DoNotDisturb', 'observed', 'DoNotDisturb/DoNotDisturb'],
  ['Away/Away', 'documented', 'Away/Away'],
  ['Away/Away', 'observed', 'Away/Away'],
  ['BeRightBack/BeRightBack', 'documented', 'BeRightBack/BeRightBack'],
  ['BeRightBack/BeRightBack', 'observed', 'BeRightBack/BeRightBack'],
  ['Offline/OffWork', 'documented', 'Offline/OffWork'],
  ['Offline/OffWork', 'observed', 'Offline/OffWork'],
  ['Busy/Busy', 'documented', 'Busy/Busy'],
  ['Busy/Busy', 'observed', IN_A_CALL],
  ['Available/Available', 'documented', 'Available/Available'],
  ['Available/Available', 'observed', IN_A_CALL],
]
const canonical = (pair: Pair) =>
  pair.replaceAll(/(^|\/)([A-Z])/g, (_, slash, letter) => slash + letter.toLowerCase())

/** A state chosen by hand during a phone call, or before it; what then shows depends on how Teams aggregates. */
export async function chosenByHand(world: World, only?: readonly Pair[]): Promise<void> {
  const rows = chosen.filter(
    ([status, mode]) => mode === world.lab.switches.aggregation && (only?.includes(status) ?? true),
  )
  const teams = world.person('anna')
  const phone = world.phone('1001')
  for (const [status, , during] of rows) {
    for (const when of ['before', 'during'] as const) {
      if (when === 'before') {
        teams.status(status)
        await world.pass(5_000)
      }
      phone.dial()
      await world.pass(settledMs(world))
      if (when === 'during') {
        expect(teams.shown()).toBe(IN_A_CALL)
        teams.status(status)
      }
      await world.pass(30_000)
      const label = `${status} chosen ${when} the call`
      expect(teams.shown(), label).toBe(during)
      expect(teams.preferred(), label).toBe(status)
      const session = world.target('anna', 'teams', 'session')
      // Where nothing is masked, the session stands; where the person's choice stands above it, that is said.
      if (during === IN_A_CALL) expect(session, label).toMatchObject({ status: 'applied' })
      else if (session?.status !== 'covered') {
        const detail = `${canonical(during)} is shown instead`
        expect(session, label).toMatchObject({ status: 'masked', detail })
      }
      phone.hangup()
      await world.pass(10_000)
      // Theirs stays, with nothing of ours beside it.
      expect([teams.preferred(), teams.sessions()], label).toEqual([status, 0])
      teams.status(null)
      await world.pass(settledMs(world) + 5_000)
      expect([teams.shown(), phone.dnd(), world.view('anna').state.label], label).toEqual([
        FREE,
        'off',
        'Available',
      ])
    }
  }
}
