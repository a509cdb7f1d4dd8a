// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how references are written
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConfigDifference, ConfigVersion } from '../../src/core/config-port.ts'
import type { LinkPlan } from '../../src/core/link-plan.ts'
import { ConfigWorld, phone, secrets } from './config-world.ts'

const world = new ConfigWorld()
beforeAll(() => world.start(), 60_000)
afterAll(() => world.stop())

const versionsOf = async (who: 'operator' | 'contoso' | 'fabrikam') => {
  const { versions } = (await world.send(who, 'GET', '/config/versions')).json() as {
    versions: ConfigVersion[]
  }
  return versions
}

test('an administrator of a tenant reads that tenant and nothing of another, of the hub, of a secret', async () => {
  const read = await world.send('contoso', 'GET', '/config')
  expect(read).toMatchObject({ status: 200, etag: '"1"' })
  const { config, source } = read.json() as { config: { tenants: { id: string }[] }; source: string }
  expect(source).toBe('stored')
  expect(Object.keys(config)).toEqual(['tenants'])
  expect(config.tenants.map(({ id }) => id)).toEqual(['contoso'])
  const yaml = await world.send('contoso', 'GET', '/config?format=yaml')
  for (const text of [read.text, yaml.text]) {
    expect(text).toContain('contoso')
    expect(text).not.toContain('fabrikam')
    for (const secret of Object.values(secrets)) expect(text).not.toContain(secret)
  }
})

test('each changes the own tenant: versions, conflicts and the way back are those of that tenant', async () => {
  const link = '/config/tenants/contoso/links/pbx/lamps'
  const first = await world.send('contoso', 'PUT', `${link}?comment=slower`, { grace: 7 }, '"1"')
  expect(first).toMatchObject({ status: 200 })
  expect(first.json()).toMatchObject({ version: 2, changed: ['contoso'] })
  const elsewhere = '/config/tenants/fabrikam/links/pbx/lamps'
  expect((await world.send('fabrikam', 'PUT', elsewhere, { grace: 9 }, '"1"')).status).toBe(200)

  expect((await versionsOf('operator')).map(({ version, tenants }) => [version, tenants])).toEqual([
    [3, ['fabrikam']],
    [2, ['contoso']],
    [1, ['contoso', 'fabrikam']],
  ])
  expect(await versionsOf('contoso')).toMatchObject([
    { version: 2, author: 'contoso', comment: 'slower' },
    { version: 1, tenants: ['contoso'] },
  ])
  expect((await world.send('contoso', 'GET', '/config')).etag).toBe('"2"')
  const { differences } = (await world.send('contoso', 'GET', '/config/versions/2')).json() as {
    differences: ConfigDifference[]
  }
  expect(differences).toEqual([{ tenant: 'contoso', path: 'links.pbx to lamps.grace', is: '7' }])
  const unseen = await world.send('contoso', 'GET', '/config/versions/3')
  expect(unseen).toMatchObject({ status: 404 })
  expect(unseen.text.replaceAll('3', '9')).toBe(
    (await world.send('contoso', 'GET', '/config/versions/9')).text,
  )

  // Version 3 was no concern of contoso's: what was read as 2 is still in force there.
  const late = await world.send('contoso', 'PUT', link, { grace: 8 }, '"1"')
  expect(late).toMatchObject({ status: 412 })
  expect((late.json() as { detail: string }).detail).toContain('Version 2 is in force, not 1')
  expect((await world.send('contoso', 'PUT', link, { grace: 8 }, '"2"')).status).toBe(200)

  const back = await world.send('contoso', 'POST', '/config/tenants/contoso/rollback', { version: 2 })
  expect(back.json()).toMatchObject({ version: 5, changed: ['contoso'] })
  const whole = (await world.send('operator', 'GET', '/config')).json() as {
    config: { tenants: { id: string; links: object[] }[] }
  }
  const links = whole.config.tenants.map((tenant) => [tenant.id, tenant.links])
  expect(links).toEqual([
    ['contoso', [{ from: 'pbx', to: 'lamps', grace: 7 }]],
    ['fabrikam', [{ from: 'pbx', to: 'lamps', grace: 9 }]],
  ])
  const strange = await world.send('contoso', 'POST', '/config/tenants/contoso/rollback', { version: 3 })
  expect(strange).toMatchObject({ status: 404 })

  const audit = await world.send('contoso', 'GET', '/audit?tenant=contoso')
  expect(audit.text).toContain('"who":"contoso","what":"config.rollback"')
  expect(audit.text).not.toContain('fabrikam')
})

test('items of another tenant are word for word like those of none', async () => {
  for (const [method, rest, body] of [
    ['PUT', '', {}],
    ['PUT', '/connectors/pbx', phone('pbx')],
    ['DELETE', '/connectors/pbx', undefined],
    ['POST', '/connectors/pbx/check', phone('pbx')],
    ['PUT', '/links/pbx/lamps', {}],
    ['DELETE', '/links/pbx/lamps', undefined],
    ['PUT', '/people/anna@fabrikam.example', {}],
    ['DELETE', '/people/anna@fabrikam.example', undefined],
    ['POST', '/rollback', { version: 1 }],
    ['GET', '/links', undefined],
    ['POST', '/links/try', { links: [] }],
  ] as const) {
    const ask = (tenant: string) => world.send('contoso', method, `/config/tenants/${tenant}${rest}`, body)
    const [there, nowhere] = [await ask('fabrikam'), await ask('nowhere')]
    expect([method, rest, there.status]).toEqual([method, rest, 404])
    expect(there.text.replaceAll('fabrikam', 'nowhere')).toBe(nowhere.text)
  }
  expect((await world.send('contoso', 'DELETE', '/config/tenants/contoso')).status).toBe(403)
  expect((await world.send('contoso', 'PUT', '/config', { yaml: 'tenants: []' }, '*')).status).toBe(403)
})

test('what is wrong is told with the places of the own tenant, and not with those of the hub', async () => {
  const wrong = await world.send('fabrikam', 'PUT', '/config/tenants/fabrikam/links/pbx/lamps', {
    preset: 'nothing',
  })
  expect(wrong.status).toBe(422)
  const { errors } = wrong.json() as { errors: { path: string; line?: number }[] }
  expect(errors.map(({ path, line }) => [path, line])).toEqual([['tenants[0].links[0].preset', undefined]])
  expect(wrong.text).not.toContain('contoso')
})

test('a stored secret goes to no other address: another host wants it again, for saving and for trying', async () => {
  const path = '/config/tenants/contoso/connectors/pbx'
  const moved = { ...phone('pbx'), host: '127.0.0.2' }
  const stolen = { ...moved, secret: '${secret:connectors/pbx/secret/1}' }
  for (const [method, rest, body] of [
    ['PUT', '', moved],
    ['PUT', '', stolen],
    ['POST', '/check', moved],
  ] as const) {
    const refused = await world.send('contoso', method, `${path}${rest}`, body)
    expect(refused.status).toBe(422)
    expect(refused.json()).toMatchObject({
      errors: [
        {
          path: 'tenants[0].connectors[0].secret',
          message: 'has to come again, because host is another one',
        },
      ],
    })
  }
  const beside = await world.send('contoso', 'PUT', '/config/tenants/contoso/connectors/mine', {
    ...stolen,
    id: 'mine',
  })
  expect(beside.status).toBe(422)
  expect((await world.send('contoso', 'PUT', path, { ...phone('pbx'), sweepSeconds: 60 })).status).toBe(200)
  const again = await world.send('contoso', 'PUT', path, { ...moved, secret: 'sent-with-the-address' })
  expect(again.status).toBe(200)
  // Whoever is in charge of the whole hub may move it as before.
  const byOperator = await world.send('operator', 'PUT', path, phone('pbx'))
  expect(byOperator.status).toBe(200)
})

test('the plan of the links: systems with their states, rules in force, presets; a trial says what is wrong with a row, and why there is no past', async () => {
  const plan = (
    await world.send('contoso', 'GET', '/config/tenants/contoso/links')
  ).json() as unknown as LinkPlan
  expect(plan.preset).toBe('default')
  expect(plan.links).toMatchObject([
    { from: 'pbx', to: 'lamps', preset: 'default', rules: { graceMs: 7000 } },
    ...['pbx', 'lamps'].map((to) => ({ from: 'api', to, implied: true })),
  ])
  const { shows, settable } = plan.systems.find(({ id }) => id === 'lamps')!
  expect(settable).toContain('doNotDisturb/doNotDisturb')
  expect(shows).toContain('busy/inACall')
  expect(
    plan.presets.find(({ id }) => id === 'swyx')?.directions['phone to teams']?.rows.length,
  ).toBeGreaterThan(1)

  const attempt = (table: object[]) =>
    world.send('contoso', 'POST', '/config/tenants/contoso/links/try', {
      links: [{ from: 'pbx', to: 'lamps', table }],
    })
  const wrong = await attempt([{ act: 'release' }, { act: 'set', state: 'away/away' }])
  expect(wrong.status).toBe(422)
  expect(wrong.json()).toMatchObject({ errors: [{ path: 'tenants[0].links[0].table[1].state' }] })
  const found = await attempt([{ act: 'hold' }])
  expect(found.json()).toMatchObject({ states: 0, nothing: expect.stringContaining('history.days') })
  expect((await versionsOf('contoso')).some(({ comment }) => comment.includes('try'))).toBe(false)
  const audit = await world.send('contoso', 'GET', '/audit?tenant=contoso')
  expect(audit.text).toContain('replay from')
})
