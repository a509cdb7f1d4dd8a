import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sample } from '../../src/lab/sample.ts'
import {
  type ConsentConfig,
  type ConsentWorld,
  fabrikam,
  startConsentWorld,
  Traveller,
} from './consent-world.ts'
import { FREE, IN_A_CALL } from './e2e/lab-people.ts'

let world: ConsentWorld
beforeEach(async () => {
  world = await startConsentWorld(
    (config: ConsentConfig, { loginUrl, graphUrl }) => {
      const { clientId, clientSecret } = sample
      config.applications = [{ type: 'teams', clientId, clientSecret, loginUrl, graphUrl }]
      const [contoso] = config.tenants
      contoso!.connectors = contoso!.connectors.map((one) =>
        one.id === 'teams' ? { id: 'teams', type: 'teams', application: 'operator' } : one,
      )
      const teams = { id: 'teams', type: 'teams', application: 'operator' }
      config.tenants.push({
        ...structuredClone(contoso!),
        id: 'other',
        connectors: [teams],
        people: [],
        links: [],
      } as never)
    },
    { published: true },
  )
})
afterEach(() => world.stop())

const day = 24 * 3_600_000
const inTenant = { tenant: 'contoso' }
const make = async (tenant = 'contoso') => {
  const made = await world.call('/consent/link', { method: 'POST', body: { tenant } })
  expect(made.status).toBe(201)
  return made.body.url as string
}
const status = async (tenant = 'contoso') => (await world.call(`/consent?tenant=${tenant}`)).body
const items = async () => {
  const { body } = await world.call('/action-items?tenant=contoso')
  return Object.fromEntries(
    (body.items as { id: string; state: string }[]).map(({ id, state }) => [id, state]),
  )
}
/** Somebody else, in a browser of their own. */
const open = (url: string, upn: string) => new Traveller(world.base).go(`${url}/go`, upn)
const confirm = async (tenant = 'contoso') => {
  const { proof } = await status(tenant)
  return world.call('/consent/confirm', { method: 'POST', body: { tenant, proof: proof?.id ?? 'none' } })
}

test('CT-05..08, CT-10, VO-12, VO-13, UN-16: another person consents by the link; the tenant is proved by their token, confirmed, and only then is anything read or written', async () => {
  const { call, lab, pass, passUntil, person, phone, writes } = world
  phone('1001').dial()
  await pass(20_000)
  expect(await status()).toMatchObject({ application: 'operator', linkPossible: true })
  expect(await items()).toMatchObject({ consent: 'open', 'connect-teams': 'done' })
  const { body: health } = await call('/connectors')
  expect(JSON.stringify(health)).toContain(
    'No consent of an administrator of Microsoft 365 was confirmed yet',
  )

  const url = await make()
  expect((await status()).link).toMatchObject({ by: 'local', until: lab.clock.wall() + 7 * day })
  // A mail gateway that looks at the link uses nothing up.
  for (let looks = 0; looks < 3; looks++) {
    const page = await new Traveller(world.base).go(url, '')
    expect(page.text).toMatch(
      /let Hookswitch keep presence .* for “contoso”.*Presence\.ReadWrite\.All: reads what Teams shows/,
    )
  }
  const thanks = await open(url, 'gina@contoso.example')
  expect([thanks.status, thanks.text]).toEqual([
    200,
    expect.stringContaining('Thank you, gina@contoso.example'),
  ])
  const { proof } = await status()
  expect(proof).toMatchObject({
    account: { organisation: sample.entraTenantId, name: 'gina@contoso.example' },
    missing: [],
  })
  expect(await items()).toMatchObject({ confirm: 'open', consent: 'open' })
  await pass(20_000)
  expect(lab.requests.since(0).filter(({ target }) => target === 'graph')).toEqual([])

  expect((await confirm()).body).toMatchObject({ grant: { confirmedBy: 'local' } })
  await passUntil(() => person('anna').shown() === IN_A_CALL, 'the call to be shown', 30_000)
  await passUntil(async () => (await items()).consent === 'done', 'the item to be done')
  expect((await items()).confirm).toBeUndefined()

  // It outlives a restart, and is taken back.
  await world.restart()
  await passUntil(async () => (await items()).consent === 'done', 'Teams to be up again', 30_000)
  await pass(20_000)
  const { body } = await call('/consent?tenant=contoso', { method: 'DELETE' })
  expect(body).not.toHaveProperty('grant')
  phone('1002').dial()
  await pass(30_000)
  expect([writes('ben'), person('ben').shown()]).toEqual([0, FREE])
  const { body: audit } = await call('/audit?tenant=contoso')
  const told = (audit.entries as { what: string; who: string }[]).map(({ what, who }) => `${what} ${who}`)
  expect(told).toEqual(
    expect.arrayContaining([
      'consent.link local',
      'consent.link gina@contoso.example',
      'consent.grant local',
      'consent.end local',
    ]),
  )
})

test('X-18: the operator\u2019s application tries nothing at an organisation that a tenant names itself', async () => {
  const { lab, call } = world
  lab.entra.consent(fabrikam, world.application)
  const { loginUrl, graphUrl } = lab
  const settings = { entraTenantId: fabrikam, loginUrl, graphUrl }
  const body = { tenant: 'contoso', person: 'fay@fabrikam.example', settings }
  const { body: told } = await call('/consent/try', { method: 'POST', body })
  expect(JSON.stringify(told)).toContain('Neither clientSecret nor certificate is set')
  expect(JSON.stringify(told)).not.toContain('granted')
})

describe('nothing changes, and it is told in words', () => {
  const nothing = async (tenant = 'contoso') => {
    const { proof, grant } = await status(tenant)
    expect([proof, grant, (await confirm(tenant)).status]).toEqual([undefined, undefined, 409])
  }

  test('VO-12: who declines, who may not consent, who pretends to have consented', async () => {
    const url = await make()
    expect((await open(url, '')).text).toContain('The consent was declined')
    expect((await open(url, 'anna@contoso.example')).text).toContain(
      'may not consent for the whole organisation',
    )
    expect((await status()).lastRefusal.words).toContain('may not consent')
    // Comes back with what Microsoft would have said, and signs in as somebody of an organisation that consented long ago.
    world.lab.entra.consent(sample.entraTenantId, world.application)
    const browser = new Traveller(world.base)
    const left = await browser.stopAway(`${url}/go`)
    const back = new URL(left.searchParams.get('redirect_uri')!)
    const pretended = {
      admin_consent: 'True',
      tenant: sample.entraTenantId,
      state: left.searchParams.get('state')!,
    }
    for (const [name, value] of Object.entries(pretended)) back.searchParams.set(name, value)
    expect((await browser.go(back.href, 'anna@contoso.example')).text).toContain(
      'anna@contoso.example may not consent for the whole organisation',
    )
    await nothing()
  })

  test('VO-13: a state of another browser, one that was used, one that is missing', async () => {
    const url = await make()
    const browser = new Traveller(world.base)
    const left = await browser.stopAway(`${url}/go`)
    const back = new URL(left.searchParams.get('redirect_uri')!)
    back.searchParams.set('admin_consent', 'True')
    expect((await browser.copy().go(back.href, 'gina@contoso.example')).text).toContain(
      'does not belong to this consent',
    )
    back.searchParams.set('state', left.searchParams.get('state')!)
    expect((await new Traveller(world.base).go(back.href, 'gina@contoso.example')).text).toContain(
      'was not begun in this browser',
    )
    expect((await browser.go(back.href, 'gina@contoso.example')).text).toContain(
      'was not begun in this browser',
    )
    await nothing()
  })

  test('of another organisation than was said, or than is connected; of one that another tenant has', async () => {
    const url = await make()
    const browser = new Traveller(world.base)
    const left = await browser.stopAway(`${url}/go`)
    const back = new URL(left.searchParams.get('redirect_uri')!)
    const said = {
      admin_consent: 'True',
      tenant: sample.entraTenantId,
      state: left.searchParams.get('state')!,
    }
    for (const [name, value] of Object.entries(said)) back.searchParams.set(name, value)
    expect((await browser.go(back.href, 'root@fabrikam.example')).text).toContain(`belongs to ${fabrikam}`)
    await nothing()

    await open(await make(), 'gina@contoso.example')
    expect((await confirm()).status).toBe(200)
    expect((await open(await make(), 'root@fabrikam.example')).text).toContain(
      `this tenant is connected with ${sample.entraTenantId}`,
    )
    await open(await make('other'), 'gina@contoso.example')
    const refused = await confirm('other')
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      expect.stringContaining('is connected with another tenant of this hub already'),
    ])
  })

  test('by a link that expired, was used, was replaced or taken back', async () => {
    const { lab, call } = world
    const words = async (url: string) => (await new Traveller(world.base).go(url, '')).text
    const first = await make()
    const second = await make()
    expect(await words(first)).toContain('does not work any more')
    await open(second, 'gina@contoso.example')
    expect(await words(second)).toContain('was used already')
    expect((await open(second, 'gina@contoso.example')).text).toContain('was used already')
    await call('/consent?tenant=contoso', { method: 'DELETE' })
    const third = await make()
    await call('/consent/link?tenant=contoso', { method: 'DELETE' })
    expect(await words(third)).toContain('does not work any more')
    const fourth = await make()
    lab.clock.advance(7 * day)
    expect(await words(fourth)).toContain('has expired')
    await nothing()
  })
})

test('UN-15: without a consent of the operator\u2019s, the registration of one\u2019s own: redirect URIs, permissions with why, scripts from the same data', async () => {
  const { body } = await world.call('/consent/registration?tenant=contoso&mode=paired')
  const names = (body.permissions as { name: string }[]).map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['Presence.Read.All', 'Presence.ReadWrite', 'offline_access']))
  expect(names).not.toContain('Presence.ReadWrite.All')
  expect(body.redirectUris).toEqual([`${world.base}/api/v1/pairing/callback`])
  for (const { text } of body.scripts as { text: string }[]) {
    expect(text).toContain(body.redirectUris[0])
    for (const { id, needed } of body.permissions as { id: string; needed: boolean }[])
      expect(text.includes(id), id).toBe(needed)
  }
  const everyone = await world.call('/consent/registration?tenant=contoso&readOnly=true')
  expect(everyone.body.redirectUris).toEqual([])
  expect(
    (await world.call(`/consent/registration?tenant=${inTenant.tenant}`)).body.steps.length,
  ).toBeGreaterThan(3)
})
