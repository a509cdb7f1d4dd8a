import { parse } from 'yaml'
import { StoredHub } from './stored-hub.ts'
import { startWorld, type World } from './world.ts'

/** A lab, and beside it a process of `hookswitch serve` that keeps the lab's tenant in its stored configuration. */
export interface LabTenant {
  readonly world: World
  readonly hub: StoredHub
  /** What it was started with. */
  readonly settings: Readonly<Record<string, unknown>>
  /** The tenant as it is from now on. */
  configure(settings: object): Promise<void>
  stop(): Promise<void>
}

/** `own` in the place of the lab's settings. */
export async function startLabTenant(own: object = {}): Promise<LabTenant> {
  const hub = new StoredHub()
  const [world] = await Promise.all([startWorld({ withoutHub: true }), hub.start()])
  const { tenants } = parse(world.text()) as { tenants: object[] }
  const settings = { ...tenants[0], ...own }
  const configure = async (next: object) => {
    const answer = await hub.send('PUT', '/config/tenants/contoso', next)
    if (answer.status !== 200) throw new Error(answer.text)
  }
  const stop = async () => {
    await hub.close()
    await world.stop()
  }
  try {
    await configure(settings)
  } catch (error) {
    await stop()
    throw error
  }
  return { world, hub, settings, configure, stop }
}
