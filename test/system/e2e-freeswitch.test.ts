import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { labConfig } from '../../src/apps/cli/lab-config.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { type FreeSwitch, startFreeSwitch } from '../../src/lab/freeswitch/server.ts'
import { startLab } from '../../src/lab/lab.ts'
import { sampleTenant } from '../../src/lab/sample.ts'
import { type HubProcess, runCommand, startHubProcess, writeConfigFile } from './e2e/hub-process.ts'
import { startLabHub } from './e2e/lab-hub.ts'
import { DND, FREE, IN_A_CALL, labPerson } from './e2e/lab-people.ts'
import { refuseInMidCall, settledMs } from './scenarios/register.ts'
import { until } from './support/child.ts'
import { findFreePort } from './support/free-port.ts'

const soonMs = 8_000

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** Microsoft 365, a FreeSWITCH and the hub of the demo, on a clock that the test moves. */
async function start(flavour: 'plain' | 'fusionpbx') {
  const name = flavour === 'plain' ? 'freeswitch' : 'fusionpbx'
  const world = await startLabHub(name, (lab) => startFreeSwitch(lab, flavour))
  closers.push(() => world.stop())
  const writes = () =>
    world.lab.requests
      .since(0)
      .filter(({ method, path }) => {
        return path.startsWith('PHONE_FEATURE') || (method === 'api' && /^db (insert|delete)/.test(path))
      })
      .map(({ path, body }) => {
        const asked = (body as Record<string, string>)['feature-enabled']
        return (asked === undefined ? path.startsWith('db insert') : asked === 'true') ? 'on' : 'off'
      })
  return { ...world, writes, anna: world.person('anna') }
}

for (const flavour of ['plain', 'fusionpbx'] as const) {
  describe(`FreeSWITCH (${flavour}) and Teams by the default preset`, () => {
    test('X-16, G-04: a call at the phone is In a call in Teams, held too; when it ends, what was there before comes back', async () => {
      const { anna, phones, pass, passUntil, writes } = await start(flavour)
      for (const status of [null, 'Away/Away'] as const) {
        anna.status(status)
        await pass(settledMs)
        const before = anna.shown()
        phones.start({ extension: '1001', direction: 'inbound', answer: false })
        await pass(2_000)
        expect(anna.shown()).toBe(before)
        phones.answer('1001')
        if (status === null) {
          await passUntil(() => anna.shown() === IN_A_CALL, 'In a call', 2_000)
          phones.hold('1001', true)
          await pass(settledMs, () => expect(anna.shown()).toBe(IN_A_CALL))
        } else await pass(settledMs, () => expect(anna.shown()).toBe(before))
        phones.hangup('1001')
        await passUntil(() => anna.sessions() === 0 && anna.shown() === before, 'the end', soonMs)
      }
      expect(writes()).toEqual([])
    })

    test('G-01: do not disturb in Teams is written at the extension and lights its lamp; cleared on either side, both follow', async () => {
      const { anna, system, phones, dnd, pass, passUntil, writes } = await start(flavour)
      anna.status(DND)
      await passUntil(() => dnd('1001'), 'do not disturb at the phone', soonMs)
      await passUntil(() => system.lamp('1001') === 'Do not disturb', 'the lamp', soonMs)
      await pass(settledMs)
      anna.status(null)
      await passUntil(() => !dnd('1001'), 'cleared in Teams', soonMs)
      await passUntil(() => system.lamp('1001') === 'dark', 'the lamp', soonMs)
      await pass(settledMs)
      anna.status(DND)
      await passUntil(() => dnd('1001'), 'again', soonMs)
      await pass(settledMs)
      phones.setDnd('1001', false)
      await passUntil(() => anna.shown() === FREE, 'cleared at the phone', soonMs)
      await pass(settledMs)
      phones.setDnd('1001', true)
      await passUntil(() => anna.shown() === DND, 'set at the phone', soonMs)
      await pass(settledMs)
      anna.status(null)
      await passUntil(() => !dnd('1001'), 'cleared in Teams', soonMs)
      await pass(settledMs)
      expect([anna.shown(), dnd('1001')]).toEqual([FREE, false])
      expect(writes()).toEqual(['on', 'off', 'on', 'off'])
    })

    test('G-02: the connection is lost in mid-call: nothing ends before it is known, and then at once', async () => {
      await refuseInMidCall(await start(flavour), 'freeswitch')
    })
  })
}

test('a call in Teams lights the lamps of the extension, also after the phones subscribe anew, until it ends', async () => {
  const { anna, system, phones, dnd, lab, pass, passUntil } = await start('plain')
  anna.teamsCall(true)
  await passUntil(() => system.lamp('1001') === 'On the phone', 'the lamp', soonMs)
  expect([dnd('1001'), phones.legs('1001')]).toEqual([false, []])
  const lit = () =>
    lab.requests.since(0).filter(({ path, body }) => {
      return path === 'PRESENCE_IN' && (body as Record<string, string>).from?.startsWith('1001@')
    }).length
  const before = lit()
  system.fire('PRESENCE_PROBE', { proto: 'sip', from: '1002@lab.example', to: '1001@lab.example' })
  await passUntil(() => lit() > before, 'lit again for the new watcher', soonMs)
  await pass(15 * 60_000, () => expect(system.lamp('1001')).toBe('On the phone'))
  anna.teamsCall(false)
  await passUntil(() => system.lamp('1001') === 'dark', 'the end', soonMs)
})

test('G-02: killed after a write and started again, and release with the hub stopped: do not disturb is taken back', async () => {
  const data = mkdtempSync(join(tmpdir(), 'hookswitch-freeswitch-'))
  closers.push(async () => rmSync(data, { recursive: true, force: true }))
  const made: { system?: FreeSwitch; hub?: HubProcess } = {}
  const lab = await startLab({
    clock: new LabClock(),
    tenants: [sampleTenant()],
    emulators: {
      freeswitch: async (world) => {
        made.system = await startFreeSwitch(world)
        return made.system
      },
    },
  })
  closers.push(() => lab.stop())
  closers.push(async () => void (await made.hub?.child.stop()))
  const places = { ...lab, ami: '', sip: '', systems: { freeswitch: made.system!.address } }
  const port = await findFreePort()
  const file = writeConfigFile(data, labConfig(places, { port, data: join(data, 'store') }))
  const dnd = () => lab.phones.phone('1001')!.dnd
  const anna = labPerson(lab, 'anna')
  made.hub = await startHubProcess(file)
  await made.hub.ready()
  anna.status(DND)
  await until(dnd, 'do not disturb at the phone')
  await made.hub.child.kill()
  anna.status(null)
  made.hub = await startHubProcess(file)
  await until(() => !dnd(), 'taken back after the start')
  anna.status(DND)
  await until(dnd, 'do not disturb again')
  await made.hub.child.kill()
  const { code, output } = await runCommand('release', '--all', '--config', file)
  expect(output).toContain('0 remaining')
  expect([code, dnd()]).toEqual([0, false])
  expect(output).not.toContain('lab-secret')
})
