import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Lab, startLab } from '../../src/lab/lab.ts'
import { sample, sampleTenant } from '../../src/lab/sample.ts'
import { seriousFindings } from './board-browser.ts'
import { Traveller } from './consent-world.ts'
import { StoredHub } from './e2e/stored-hub.ts'
import { setUpBrowser } from './set-up-browser.ts'

const { openPage } = setUpBrowser()
const hub = new StoredHub()
let lab: Lab
beforeAll(async () => {
  const [contoso] = [sampleTenant()]
  lab = await startLab({ tenants: [{ ...contoso, applications: [] }] })
  await hub.start()
  const redirectUris = ['pairing', 'consent'].map((way) => `${hub.url}/api/v1/${way}/callback`)
  const application = { ...contoso.applications[0]!, redirectUris }
  lab.entra.publish({ ...application, multiTenant: true, tellsDirectoryRoles: true })
  const gina = { userPrincipalName: 'gina@contoso.example', displayName: 'Gina Admin', globalAdmin: true }
  lab.tenants.get(sample.entraTenantId)!.put(gina)
  const { clientId, clientSecret } = sample
  const operators = { type: 'teams', clientId, clientSecret, loginUrl: lab.loginUrl, graphUrl: lab.graphUrl }
  const config = { applications: [operators], tenants: [{ id: 'contoso' }] }
  const saved = await hub.send('PUT', '/config', { config }, { 'if-match': '*' })
  expect(saved.status, saved.text).toBe(200)
})
afterAll(async () => {
  await hub.close()
  await lab.stop()
})

test('CT-07, CT-10: a link is made, somebody else consents by it, their organisation is confirmed, and the consent is taken back', async () => {
  const page = await openPage(`${hub.url}/#/connectors?microsoft=contoso`)
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  await press('Use the operator’s application')
  await press('Make a link')
  const link = page.getByRole('region', { name: 'Link', exact: true })
  const url = (await link.textContent())!.trim()
  expect(url).toContain(`${hub.url}/api/v1/consent/links/`)
  await page.getByText(/works until .*, for one consent/).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  expect((await new Traveller(hub.url).go(`${url}/go`, '')).text).not.toContain('Thank you')
  await page
    .getByText(/declined|refused|did not/i)
    .first()
    .waitFor()
  await press('Make another link')
  await expect.poll(async () => (await link.textContent())?.trim()).not.toBe(url)
  const second = (await link.textContent())!.trim()
  expect((await new Traveller(hub.url).go(`${second}/go`, 'gina@contoso.example')).text).toContain(
    'Thank you, gina@contoso.example',
  )
  await page.getByText('gina@contoso.example has consented, for the organisation').waitFor()
  await page.getByText(sample.entraTenantId).first().waitFor()
  await press('Yes, this is our organisation: switch it on')
  await page.getByText(/gina@contoso.example consented for the organisation/).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await press('Take the consent back')
  await page.getByRole('button', { name: 'Make a link' }).waitFor()
})
