import { until } from './child.ts'

const busyMachineMs = 60_000

/**
 * The whole set-up link that a hub prints on its console, some time after it says where it listens. `output`: what it
 * has printed so far.
 */
export async function readSetUpLink(output: () => string): Promise<{ link: string; code: string }> {
  const found = await until(
    () => /(https?:\S+#\/set-up\/(\S+))\s/.exec(output()),
    () => `the set-up link:\n${output()}`,
    busyMachineMs,
  )
  const [, link = '', code = ''] = found!
  return { link, code }
}
