import type { LoggedRequest } from '../../../src/lab/request-log.ts'
import { startVodia, type VodiaOptions } from '../../../src/lab/vodia/server.ts'
import { type LabConfig, startLabHub } from './lab-hub.ts'

/** Microsoft 365 and a Vodia PBX, and the hub that the demo configures for them, on one clock that the test moves. */
export async function startVodiaHub(
  change?: (config: LabConfig) => void,
  options: Partial<VodiaOptions> = {},
) {
  const world = await startLabHub('vodia', (lab) => startVodia({ ...lab, ...options }), change)
  return {
    ...{ ...world, pbx: world.system },
    /** Writes of do not disturb that reached the PBX. */
    writes: (): readonly LoggedRequest[] =>
      world.lab.requests.since(0).filter(({ method, path }) => method === 'POST' && path.endsWith('/dnd')),
  }
}

export type VodiaHub = Awaited<ReturnType<typeof startVodiaHub>>
