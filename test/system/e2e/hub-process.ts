import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PersonView } from '../../../src/core/view.ts'
import { type Child, startChild, until } from '../support/child.ts'
import { isHeard } from './world.ts'

const program = fileURLToPath(new URL('../../../bin/hookswitch.js', import.meta.url))

/** `hookswitch serve` in a process of its own, as an administrator runs it. */
export interface HubProcess {
  readonly url: string
  readonly child: Child
  person(upn: string): Promise<PersonView>
  /** Every connector is up and everyone was heard once. */
  ready(): Promise<void>
}

export interface CommandRun {
  readonly code: number | null
  readonly output: string
}

export function writeConfigFile(folder: string, text: string): string {
  const file = join(folder, 'hookswitch.yaml')
  writeFileSync(file, text)
  return file
}

/** Runs one command to its end. */
export async function runCommand(...args: readonly string[]): Promise<CommandRun> {
  const child = startChild(process.execPath, [program, ...args])
  const code = await child.ended
  return { code, output: child.output() }
}

export async function startHubProcess(file: string): Promise<HubProcess> {
  const child = startChild(process.execPath, [program, 'serve', '--config', file])
  const url = await until(
    () => {
      if (!child.running()) throw new Error(`the hub ended at once:\n${child.output()}`)
      return /listens at (http:\S+)/.exec(child.output())?.[1] ?? ''
    },
    () => `the hub to listen:\n${child.output()}`,
  )
  const get = async <T>(path: string): Promise<T> => (await (await fetch(url + path)).json()) as T
  return {
    url,
    child,
    person: (upn) => get<PersonView>(`/api/v1/people/${encodeURIComponent(upn)}`),
    async ready() {
      const unheard = async () => {
        const { people } = await get<{ people: PersonView[] }>('/api/v1/people')
        return people.filter((one) => !isHeard(one)).map(({ upn }) => upn)
      }
      await until(
        async () => (await unheard()).length === 0,
        () => `everyone to be heard\n${child.output()}`,
      )
    },
  }
}
