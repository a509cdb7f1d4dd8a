import { setTimeout as wait } from 'node:timers/promises'
import { EnrolFailure, enrolAt } from '../../sites/enrol.ts'
import { makeKeys } from '../../sites/key-pair.ts'
import type { Place } from '../site/place.ts'
import { version } from '../version.ts'
import { CliError } from './exit-codes.ts'

/** A tenant that changes hands between hubs is waited for so long, and asked for so often, milliseconds. */
const patienceMs = 60_000
const againMs = 1_000

/** At the first of the hubs, one at least, that can be reached; the code is unused until it lets the site in. @throws CliError */
export async function enrolSite(
  hubs: readonly string[],
  code: string,
  say: (text: string) => void,
): Promise<Place> {
  const keys = makeKeys()
  const until = performance.now() + patienceMs
  let told = ''
  for (;;) {
    const answer = await enrolAtOne(hubs, { code, keys, version })
    if (!(answer instanceof EnrolFailure)) return { ...answer, hubs, secret: keys.secret }
    const { message, code: refusal } = answer
    if (refusal !== 'later' || performance.now() >= until)
      throw new CliError(refusal === 'code' ? 'noPermission' : 'unavailable', message, { cause: answer })
    if (message !== told) say(`${message}\n`)
    told = message
    await wait(againMs)
  }
}

/** What the first that says anything answers; else why the last could not be asked. */
async function enrolAtOne(hubs: readonly string[], wish: Parameters<typeof enrolAt>[1]) {
  let last!: EnrolFailure
  for (const hub of hubs) {
    try {
      return await enrolAt(hub, wish)
    } catch (error) {
      if (!(error instanceof EnrolFailure)) throw error
      if (error.code !== undefined) return error
      last = error
    }
  }
  return last
}
