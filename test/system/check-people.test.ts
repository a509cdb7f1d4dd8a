import { afterEach, expect, test } from 'vitest'
import { runCommand, writeConfigFile } from './e2e/hub-process.ts'
import { startWorld, type World } from './e2e/world.ts'
import { until } from './support/child.ts'

let world: World
afterEach(() => world.stop())

async function check(people: Parameters<World['text']>[0] & object) {
  const { code, output } = await runCommand(
    'check',
    '--config',
    writeConfigFile(world.data, world.text(people)),
  )
  return { code, said: output.slice(output.indexOf('contoso people')) }
}

test('G-06: hot-desk and shared phones are found by themselves, flagged, and kept in step only where asked', async () => {
  world = await startWorld({ withoutHub: true })
  world.ami.pbx.hotDesk('5001', { defaultUser: '1003' })
  const people = ['anna', 'chiara'].map((name) => ({ upn: `${name}@contoso.example`, addresses: {} }))
  const flagged = await check({ people })
  expect(flagged.said).toContain('1 of 2 people are at more than one system')
  expect(flagged.said).toContain('chiara@contoso.example: 1003 in pbx is a hot-desk phone.')
  expect(flagged.said).toContain('addresses: { pbx: "1003" }')
  expect(flagged.code).toBe(1)
  await world.restartHub({ people })
  await world.ready()
  const person = (name: string) => world.view(name)
  await until(() => person('chiara').sharedPhones, 'the phone to be flagged')
  expect(person('chiara').sharedPhones).toEqual([
    { connector: 'pbx', address: '1003', kind: 'hotDesk', synced: false },
  ])
  const told = await (await fetch(`${world.hub().url}/api/v1/people/chiara@contoso.example`)).json()
  expect(told).toMatchObject({ sharedPhones: [{ address: '1003', kind: 'hotDesk', synced: false }] })
  expect(person('chiara').systems.map(({ connector }) => connector)).toEqual(['teams'])
  expect(person('anna').sharedPhones).toBeUndefined()
  await world.stopHub()

  const asked = [people[0]!, { ...people[1]!, addresses: { pbx: '1003' } }]
  const kept = await check({ people: asked })
  expect(kept.said).toContain('2 of 2 people')
  expect(kept.said).toMatch(
    /info +chiara@contoso.example: 1003 in pbx is a hot-desk phone; it is kept in step/,
  )
  expect(kept.code).toBe(0)
  await world.restartHub({ people: asked })
  await world.ready()
  await until(() => person('chiara').sharedPhones?.[0]?.synced, 'the phone to be flagged')
  world.phone('1003').dial()
  await until(() => world.person('chiara').shown() === 'Busy/InACall', 'the call to be shown')
})

test('G-06, X-19, VO-02, VO-15: check names who is not found in a system, and extensions that are not there', async () => {
  world = await startWorld({ withoutHub: true })
  const anna = { upn: 'anna@contoso.example', addresses: { pbx: '1001' } }
  const nobody = { upn: 'nobody@contoso.example', addresses: { pbx: '1099' } }
  const good = await check({ people: [anna] })
  expect(good.said).toContain('1 of 1 people are at more than one system')
  expect(good.code).toBe(0)
  const idle = await check({ people: [anna], lamps: { extensionsOf: 'none' } })
  expect(idle.said).toContain('Nobody has an address at lamps: it does nothing.')
  expect(idle.code).toBe(1)
  const bad = await check({ people: [anna, nobody] })
  expect(bad.said).toContain('1 of 2 people')
  expect(bad.said).toContain('nobody@contoso.example: nobody in teams has this name')
  expect(bad.said).toContain('nobody@contoso.example: pbx has no phone at 1099.')
  expect(bad.code).toBe(1)
})
