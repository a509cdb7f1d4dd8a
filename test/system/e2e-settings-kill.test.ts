import { describe, test } from 'vitest'
import * as kills from './scenarios/kill.ts'
import { openKillWorld, runTogether } from './scenarios/kill-world.ts'
import { nameOf, settings, withStranger } from './scenarios/settings.ts'

/** Several hubs start at once here, each in a process of its own. */
const patienceMs = 60_000

/** What needs no hub for itself shares one, because a start costs more than all the rest. */
const runs = {
  'with its ledger': [
    kills.killedInMidCall,
    kills.callEndsMeanwhile,
    kills.clearedInTeams,
    kills.clearedAtThePhone,
  ],
  'without its ledger': [kills.ledgerLostInMidCall, kills.ledgerLostInDoNotDisturb],
  'a person removed': [kills.personRemoved],
  'an extension moved': [kills.extensionMoved],
}

describe.concurrent.each(settings.map((switches) => ({ switches, named: nameOf(switches) })))(
  'under $named',
  ({ switches }) => {
    test.for(Object.entries(runs))('killed: %s', async ([, scenarios], { onTestFinished }) => {
      const opened = await openKillWorld({ switches, ...withStranger() }, patienceMs)
      onTestFinished(opened.stop)
      if (scenarios.length > 1) await runTogether(opened, scenarios)
      else await scenarios[0]!(opened)
    })
  },
)
