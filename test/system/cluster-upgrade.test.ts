import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { busyMachineMs } from './cluster/node.ts'
import { ClusterWorld } from './cluster/world.ts'
import { until } from './support/child.ts'

/** Two versions of the program side by side: the present one, and copies of it that are ahead by a migration. */
const root = fileURLToPath(new URL('../..', import.meta.url))
const promisedHandoverMs = 5_000
const call = 'Busy/InACall'

let folder: string
let newest = root
let world: ClusterWorld
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hookswitch-upgrade-'))
  world = await ClusterWorld.open(['one', 'two'], { proxied: true })
  for (const node of world.nodes) await node.start()
  await world.settled()
}, 5 * busyMachineMs)
afterAll(async () => {
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What follows the newest version: another number, and one migration more. Answers the file to start. */
function makeNext(version: string, migration: string): string {
  const at = join(folder, version)
  for (const part of ['src', 'sql', 'bin']) cpSync(join(newest, part), join(at, part), { recursive: true })
  newest = at
  symlinkSync(join(root, 'node_modules'), join(at, 'node_modules'))
  const described = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as object
  writeFileSync(join(at, 'package.json'), JSON.stringify({ ...described, version }))
  const last = Math.max(...readdirSync(join(at, 'sql')).map((name) => Number.parseInt(name, 10)))
  writeFileSync(join(at, 'sql', `${String(last + 1).padStart(4, '0')}-next.sql`), migration)
  return join(at, 'bin/hookswitch.js')
}

const isShown = (upn: string, shown: string) =>
  until(
    async () => (await world.shown(upn)) === shown,
    () => `${upn} to be ${shown}\n${world.output()}`,
    busyMachineMs,
  )

const withdrawals = () =>
  world.nodes.flatMap(({ graph }) => graph!.writes).filter(({ what }) => what.startsWith('clear'))

const longestMs = 300_000

test(
  'hubs are replaced one by one by the next version: each hands over in time, nothing is taken back, both versions work together',
  async () => {
    const [one, two] = world.nodes
    const next = makeNext(
      '0.2.0',
      '-- breaking: no\ncreate table next_version (id text not null primary key);\n',
    )
    const talking = world.people.filter((_, index) => index % 2 === 0)
    for (const { extension } of talking) await world.call(extension)
    for (const { upn } of talking) await isShown(upn, call)
    for (const node of [one!, two!]) {
      const other = node === one ? two! : one!
      const stopped = performance.now()
      const ended = node.child!.stop()
      await until(
        async () => (await world.owners()).every((row) => row.node === other.name),
        () => `${other.name} to have everything\n${world.output()}`,
        busyMachineMs,
      )
      const took = performance.now() - stopped
      console.log(`${node.name} handed over in ${Math.round(took)} ms (promised ${promisedHandoverMs})`)
      expect(took).toBeLessThan(promisedHandoverMs + busyMachineMs)
      await ended
      expect(await node.child!.ended).toBe(0)
      node.program = next
      await node.start()
      await world.settled()
      // The two of different versions know of each other's people.
      for (const { upn } of talking)
        await until(
          async () => (await node.person(upn))?.state.activity === 'inACall',
          `${node.name} to know of ${upn}`,
          busyMachineMs,
        )
    }
    expect(withdrawals()).toEqual([])
    for (const { upn } of talking) expect(await world.shown(upn)).toBe(call)
    const versions = await world.postgresql.ask(
      'select distinct version from hookswitch.cluster_node',
      'hub1',
    )
    expect(versions).toEqual([{ version: '0.2.0' }])
    for (const { extension } of talking) await world.hangUp(extension)
    for (const { upn } of talking)
      await until(async () => (await world.shown(upn)) !== call, `${upn} to be free`, busyMachineMs)
  },
  longestMs,
)

test(
  'a version that the former one cannot live beside says so before it changes anything, and leaves the others as they are',
  async () => {
    const [one, two] = world.nodes
    const breaking = makeNext('0.3.0', '-- breaking: yes\nalter table presentity rename to person;\n')
    await two!.child!.stop()
    await world.settled([one!])
    two!.program = breaking
    await expect(two!.start()).rejects.toThrow(/Stop them first, all together: one/)
    const [anna] = world.people
    await world.call(anna!.extension)
    await isShown(anna!.upn, call)
    await world.hangUp(anna!.extension)
  },
  longestMs,
)
