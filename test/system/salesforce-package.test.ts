import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { commandEvent, outcomeTopic } from '../../src/connectors/salesforce/commands.ts'
import { schemaOf } from '../../src/lab/salesforce/schemas.ts'
import { until } from './support/child.ts'

const folder = fileURLToPath(new URL('../../salesforce/force-app/main/default', import.meta.url))
const read = (path: string) => readFileSync(join(folder, path), 'utf8')

const [me, other] = ['005000000000001AAA', '005000000000002AAA']
const [available, busy] = ['0N5000000000001', '0N5000000000002']

interface Told {
  readonly commandId: string
  readonly applied: boolean
  readonly reason: string
}

/** The utility item in a stand-in for Aura, its events and the toolkit. `refuses`: a status was not granted. */
function openConsole({ at = available as string | null, refuses = false } = {}) {
  const told: Told[] = []
  const toasts: object[] = []
  let [status, heard] = [at, (_message: unknown) => {}]
  const omni = {
    getServicePresenceStatusId: async () => {
      if (status === null) throw new Error('not signed in')
      return { statusId: status }
    },
    setServicePresenceStatus: async ({ statusId }: { statusId: string }) => {
      if (refuses) throw new Error('not granted')
      status = statusId
      return { statusId }
    },
    logout: async () => {
      if (refuses) return false
      status = null
      return true
    },
  }
  const events = {
    subscribe: async (channel: string, replay: number, callback: (message: unknown) => void) => {
      expect([channel, replay]).toEqual([`/event/${commandEvent}`, -1])
      heard = callback
      return { channel }
    },
    unsubscribe: () => {
      heard = () => {}
    },
  }
  const values: Record<string, unknown> = { 'v.userId': me }
  const component = {
    isValid: () => true,
    find: (name: string) => (name === 'omni' ? omni : events),
    get: (name: string) => {
      if (name !== 'c.tell') return values[name]
      const action = {
        given: undefined as Told | undefined,
        setParams: (given: Told) => (action.given = given),
      }
      return action
    },
    set: (name: string, value: unknown) => (values[name] = value),
  }
  const $A = {
    getCallback: (callback: unknown) => callback,
    get: (name: string) => {
      expect(name).toBe('e.force:showToast')
      let given = {}
      return { setParams: (params: object) => (given = params), fire: () => toasts.push(given) }
    },
    enqueueAction: ({ given }: { given: Told }) => told.push(given),
  }
  const load = (file: string) => runInNewContext(read(`aura/hookswitch/${file}.js`), { $A })
  const [controller, helper] = [load('hookswitchController'), load('hookswitchHelper')]
  controller.begin(component, {}, helper)
  return {
    told,
    toasts,
    status: () => status,
    ask: (more: object = {}) =>
      heard({
        data: {
          payload: {
            ...{ Command_Id__c: 'c-1', User_Id__c: me, Status_Id__c: `${busy}AAA` },
            ...{ Until__c: new Date(Date.now() + 60_000).toISOString(), ...more },
          },
        },
      }),
    close: () => controller.end(component, {}, helper),
  }
}

describe("the package in Salesforce: the utility item in an agent's console", () => {
  const answer = async (console: ReturnType<typeof openConsole>, more?: object) => {
    console.ask(more)
    await until(() => console.told.length > 0, 'the outcome')
    const { applied, reason } = console.told[0]!
    return [applied, reason, console.status()]
  }

  test('sets the status that the hub asks for, and says so', async () => {
    expect(await answer(openConsole())).toEqual([true, '', busy])
    expect(await answer(openConsole({ at: busy }))).toEqual([true, '', busy])
  })

  test('signs nobody in, does nothing too late, and tells what was not granted', async () => {
    expect(await answer(openConsole({ at: null }))).toEqual([false, 'signed-out', null])
    const late = { Until__c: new Date(Date.now() - 1000).toISOString() }
    expect(await answer(openConsole(), late)).toEqual([false, 'expired', available])
    expect(await answer(openConsole({ refuses: true }))).toEqual([false, 'refused', available])
  })

  test('MM-23: signs the agent out where the hub asks for just that, in time, and says what was refused', async () => {
    const signOut = { Status_Id__c: null, Sign_Out__c: true }
    expect(await answer(openConsole(), signOut)).toEqual([true, '', null])
    expect(await answer(openConsole({ at: null }), signOut)).toEqual([true, '', null])
    expect(await answer(openConsole({ refuses: true }), signOut)).toEqual([
      ...[false, 'logout-refused', available],
    ])
    const late = { ...signOut, Until__c: new Date(Date.now() - 1000).toISOString() }
    expect(await answer(openConsole(), late)).toEqual([false, 'expired', available])
  })

  test('MM-24: shows a text in time, and leaves the status alone', async () => {
    const console = openConsole({ at: null })
    const notice = { Status_Id__c: null, Notice__c: 'You have signed out here.' }
    console.ask({ ...notice, Until__c: new Date(Date.now() - 1000).toISOString() })
    console.ask({ ...notice, User_Id__c: other })
    expect(console.toasts).toEqual([])
    console.ask(notice)
    expect(console.toasts).toMatchObject([{ message: 'You have signed out here.', mode: 'sticky' }])
    await new Promise(setImmediate)
    expect([console.told, console.status()]).toEqual([[], null])
  })

  test('leaves the commands of others alone, and every one after it has closed', async () => {
    const console = openConsole()
    console.ask({ User_Id__c: other })
    await new Promise(setImmediate)
    expect(await answer(console)).toEqual([true, '', busy])
    expect(console.told).toHaveLength(1)
    console.close()
    console.ask({ Status_Id__c: available })
    await new Promise(setImmediate)
    expect([console.told.length, console.status()]).toEqual([1, busy])
  })
})

describe('the package in Salesforce: its files', () => {
  const files = globSync('**/*.{xml,cmp}', { cwd: folder })

  test('are well-formed', () => {
    expect(files.length).toBeGreaterThan(14)
    for (const file of files) {
      const parser = new SaxesParser({ xmlns: true, fileName: file })
      const problems: string[] = []
      parser.on('error', ({ message }) => void problems.push(message))
      // Prefixes of Aura's markup have no declaration.
      parser.write(read(file).replaceAll(/(aura|lightning|c):/g, '')).close()
      expect(problems, file).toEqual([])
    }
  })

  test('have the events and the fields that the connector speaks of', () => {
    for (const event of [commandEvent, outcomeTopic.replace('/event/', '')]) {
      const fields = globSync(`objects/${event}/fields/*.xml`, { cwd: folder }).map((path) =>
        basename(path, '.field-meta.xml'),
      )
      const schema = JSON.parse(schemaOf(`/event/${event}` as '/event/Hookswitch_Command__e').json) as {
        fields: { name: string }[]
      }
      const spoken = schema.fields.map(({ name }) => name).filter((name) => name.endsWith('__c'))
      expect(fields.sort(), event).toEqual(spoken.sort())
    }
  })

  test('are all named in package.xml', () => {
    const manifest = readFileSync(join(folder, '../../../package.xml'), 'utf8')
    const parts = [
      ...globSync('objects/*', { cwd: folder }),
      ...globSync('classes/*.cls', { cwd: folder }),
      ...globSync('aura/*', { cwd: folder }),
      ...globSync('{permissionsets,platformEventChannelMembers}/*', { cwd: folder }),
    ].map((path) => basename(path).split('.')[0])
    for (const part of parts) expect(manifest).toContain(`<members>${part}</members>`)
  })
})
