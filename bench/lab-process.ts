import { serveParent } from './kit/serve-parent.ts'
import { type CallFindings, type CallLoad, driveCalls } from './lab/calls.ts'
import { type ChoiceFindings, type ChoiceLoad, driveChoices } from './lab/choices.ts'
import { driveFlood, type FloodFindings, type FloodLoad } from './lab/flood.ts'
import { atPbxs, byAgents, type PhoneActs } from './lab/phone-acts.ts'
import { type LabAddresses, type LabPlan, openStage, type Stage } from './lab/stage.ts'

let stage: Stage | undefined
let acts: PhoneActs = atPbxs

function open(): Stage {
  if (!stage) throw new Error('The lab has not been started.')
  return stage
}

/** The emulators and whoever acts in them, in a process of their own: `kit/child.ts` starts it. */
const asks = {
  start: async (plan: LabPlan): Promise<LabAddresses> => {
    stage = await openStage(plan)
    return stage.addresses
  },
  calls: (load: CallLoad): Promise<CallFindings> => driveCalls(open(), load),
  choices: (load: ChoiceLoad): Promise<ChoiceFindings> => driveChoices(open(), load),
  /** From now on agents tell the calls of the flood to the hub at this address. */
  agents: (hubUrl: string): void => {
    acts = byAgents(open(), hubUrl)
  },
  flood: (load: FloodLoad): Promise<FloodFindings> => driveFlood(open(), load, acts),
  traffic: (_: null) => open().traffic(),
}

export type LabAsks = typeof asks

serveParent(asks, async () => {
  acts.stop()
  await stage?.stop()
})
