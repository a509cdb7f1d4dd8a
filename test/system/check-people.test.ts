import { afterEach, expect, test } from 'vitest'
import { runCommand, writeConfigFile } from './e2e/hub-process.ts'
import { startWorld, type World } from './e2e/world.ts'

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

test('G-06, X-19: check names who is not found in a system, and extensions that are not there', async () => {
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
