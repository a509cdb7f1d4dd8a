import { afterEach, test } from 'vitest'
import * as kills from './scenarios/kill.ts'
import { type KillWorld, openKillWorld } from './scenarios/kill-world.ts'

let opened: KillWorld | undefined
afterEach(async () => {
  await opened?.stop()
  opened = undefined
})

async function run(scenario: (one: KillWorld) => Promise<void>): Promise<void> {
  opened = await openKillWorld()
  await scenario(opened)
}

test('G-02: killed in mid-call and started again: the call stays shown, is written once more at most, and ends', () =>
  run(kills.killedInMidCall))

test('G-02: killed in mid-call, the call ends while the hub is down: Teams is cleared after the start', () =>
  run(kills.callEndsMeanwhile))

test('G-02, G-03: killed in mid-call with the ledger lost: the session is taken up again, and ends with the call', () =>
  run(kills.ledgerLostInMidCall))

test('G-02: the ledger lost while do not disturb was ours: adopted as it is, and cleared when the person clears it', () =>
  run(kills.ledgerLostInDoNotDisturb))

test('G-02, G-04: do not disturb is cleared at Teams while the hub is down: the other side follows after the start', () =>
  run(kills.clearedInTeams))

test('G-02, G-04: do not disturb is cleared at the phone while the hub is down: the other side follows after the start', () =>
  run(kills.clearedAtThePhone))

test('G-02: a person removed while the hub was down is released: the phone rings, Teams is free', () =>
  run(kills.personRemoved))

test('G-02: an extension that moved while the hub was down is released for its former owner first', () =>
  run(kills.extensionMoved))
