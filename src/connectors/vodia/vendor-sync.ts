import { type SyncProblem, syncProblem } from '../kit/vendor-sync.ts'

/** Where Vodia says that it keeps presence in step with Teams itself, in the settings of the tenant. */
const syncField = 'intpub.teamspresence'

const missing: SyncProblem = {
  text: `This connector has teamsSync: vendor, but the PBX does not keep presence in step with Teams (${syncField} is empty).`,
  fix: 'Set up Microsoft Teams Presence at the tenant (Advanced > CRM Integration), or set "teamsSync: hub" and link the two.',
}

/** What is wrong about the vendor's own sync. `ownSync`: what its setting says; undefined where it is off. */
export function ownSyncProblem(
  ownSync: string | undefined,
  teamsSync: 'hub' | 'vendor' | undefined,
): SyncProblem | undefined {
  const double = {
    text: `The PBX's own presence sync with Teams is set up (${ownSync}); two engines would write the same states.`,
    fix: 'Take it out at the tenant (Advanced > CRM Integration > Microsoft Teams Presence) and let users unpair; or keep it, set "teamsSync: vendor" at this connector, and remove its links with Teams.',
  }
  return syncProblem(ownSync !== undefined, teamsSync, { missing, double })
}
