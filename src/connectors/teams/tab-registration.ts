import type { TabRegistration } from '../../core/consent-port.ts'

/** The scope that the registration of a tab exposes, and that its tokens carry. */
export const tabScope = 'access_as_user'
/** Of the scope, which has to be one of a kind within its registration only. */
const scopeId = '5b0f8e0c-6b1d-4a51-9d0a-2f6f5c7e9a34'

/** Clients of Teams (learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-register-aad). */
const clients = [
  { id: '1fec8e78-bce4-4aaf-ab1b-5451cc387264', name: 'Teams on the desktop and telephone' },
  { id: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346', name: 'Teams in the browser' },
] as const

/** What may stand in a script as it is. */
const plainHost = /^[a-z\d.:[\]-]+$/

/** What the tab in Teams needs in the registration; undefined where browsers do not reach the hub by https. */
export function describeTab(origin: string | undefined): TabRegistration | undefined {
  if (origin === undefined || !URL.canParse(origin)) return undefined
  const { protocol, host } = new URL(origin)
  if (protocol !== 'https:' || !plainHost.test(host)) return undefined
  return { applicationIdUri: `api://${host}/CLIENTID`, scope: tabScope, clients }
}

/** By hand, for who wants the tab. */
export function tabSteps({ applicationIdUri, scope, clients: admitted }: TabRegistration): readonly string[] {
  const named = admitted.map(({ id, name }) => `${id} (${name})`).join(' and ')
  return [
    `Only for the tab in Teams: under Expose an API set the Application ID URI to ${applicationIdUri}, CLIENTID being the application (client) id; add the scope ${scope} for admins and users; and as authorized client applications, with that scope, ${named}. In the Manifest set requestedAccessTokenVersion to 2.`,
  ]
}

/** `api` of an application (learn.microsoft.com/graph/api/resources/apiapplication). */
function describeApi({ scope }: TabRegistration) {
  const told = 'Lets Hookswitch know who looks at its tab in Teams.'
  const name = 'Sign in to the tab of Hookswitch'
  const exposed = {
    ...{ id: scopeId, value: scope, type: 'User', isEnabled: true },
    ...{ adminConsentDisplayName: name, adminConsentDescription: told },
    ...{ userConsentDisplayName: name, userConsentDescription: told },
  }
  return { requestedAccessTokenVersion: 2, oauth2PermissionScopes: [exposed] }
}

/** A client can be admitted to a scope only once the scope is there: two changes, one after the other. */
function changesOf(tab: TabRegistration): readonly object[] {
  const api = describeApi(tab)
  const admitted = tab.clients.map(({ id }) => ({ appId: id, delegatedPermissionIds: [scopeId] }))
  return [{ api }, { api: { ...api, preAuthorizedApplications: admitted } }]
}

const optional = (tab: TabRegistration) =>
  `# Only for the tab in Teams: exposes the scope ${tab.scope} at ${tab.applicationIdUri}. Leave out what follows if nobody is to have it.`

/** $APP is the application id. */
export function tabByAzureCli(tab: TabRegistration): readonly string[] {
  const address = '"https://graph.microsoft.com/v1.0/applications(appId=\'$APP\')"'
  const [exposed, admitted] = changesOf(tab).map(
    (change) =>
      `az rest --method PATCH --uri ${address} --headers 'Content-Type=application/json' --body '${JSON.stringify(change)}'`,
  )
  return [
    ...[optional(tab), exposed!],
    `az ad app update --id "$APP" --identifier-uris "${tab.applicationIdUri.replace('CLIENTID', '$APP')}"`,
    admitted!,
  ]
}

/** $app is the application. */
export function tabByGraphPowerShell(tab: TabRegistration): readonly string[] {
  const [exposed, admitted] = changesOf(tab).map(
    (change) =>
      `Invoke-MgGraphRequest -Method PATCH -Uri "https://graph.microsoft.com/v1.0/applications/$($app.Id)" -ContentType 'application/json' -Body '${JSON.stringify(change)}' | Out-Null`,
  )
  const uri = tab.applicationIdUri.replace('CLIENTID', '$($app.AppId)')
  return [
    ...[optional(tab), exposed!],
    `Update-MgApplication -ApplicationId $app.Id -IdentifierUris @("${uri}")`,
    admitted!,
  ]
}
