import { expect, test } from 'vitest'
import { describeRegistration } from './registration.ts'

const wish = { redirectUris: [], readOnly: false, mode: 'everyone' } as const
const teams = ['1fec8e78-bce4-4aaf-ab1b-5451cc387264', '5e3ce6c0-2b1f-4285-8d4b-75ee78787346']

test('CT-11: where browsers reach the hub by https, scripts and steps also expose the scope of the tab', () => {
  const { tab, scripts, steps } = describeRegistration({
    ...wish,
    origin: 'https://Hub.Contoso.example:8443',
  })
  expect(tab).toMatchObject({
    applicationIdUri: 'api://hub.contoso.example:8443/CLIENTID',
    scope: 'access_as_user',
  })
  expect(tab?.clients.map(({ id }) => id)).toEqual(teams)
  expect(steps.at(-1)).toContain('api://hub.contoso.example:8443/CLIENTID')
  const uris = { azureCli: '/$APP"', graphPowerShell: '/$($app.AppId)"' }
  for (const { id, text } of scripts) {
    expect(text, id).toContain(`"api://hub.contoso.example:8443${uris[id as keyof typeof uris]}`)
    const [exposed, admitted] = [...text.matchAll(/'(\{"api".*\})'/g)].map(
      ([, json]) => JSON.parse(json!).api,
    )
    const [{ id: scope, value }] = exposed.oauth2PermissionScopes
    expect([value, exposed.requestedAccessTokenVersion, exposed.preAuthorizedApplications]).toEqual([
      'access_as_user',
      2,
      undefined,
    ])
    const clients = admitted.preAuthorizedApplications
    expect(clients).toEqual(teams.map((appId) => ({ appId, delegatedPermissionIds: [scope] })))
  }
})

test('without https there is no tab, and a name that is none gets into no script', () => {
  for (const origin of [undefined, 'http://127.0.0.1:8080', 'https://a$(b)', 'no address']) {
    const { tab, scripts, steps } = describeRegistration({ ...wish, ...(origin && { origin }) })
    expect(tab).toBeUndefined()
    expect(JSON.stringify([scripts, steps])).not.toContain('access_as_user')
  }
})
