import type { RegistrationWish } from '../../core/connector.ts'
import type { Permission, Registration, RegistrationScript } from '../../core/consent-port.ts'
import { graphAppId, listPermissions } from './permissions.ts'
import { describeTab, tabByAzureCli, tabByGraphPowerShell, tabSteps } from './tab-registration.ts'

const appName = 'Hookswitch'
/** How long a secret is made to last, months; a yearly change is what most organisations ask for. */
const secretMonths = 12

/** How the customer registers an application of their own: by hand, or by a script of Microsoft's own tools. */
export function describeRegistration(wish: RegistrationWish): Registration {
  const permissions = listPermissions(wish)
  const tab = describeTab(wish.origin)
  const data = { permissions, redirectUris: wish.redirectUris, ...(tab && { tab }) }
  return {
    ...data,
    scripts: [azureCli(data), graphPowerShell(data)],
    steps: describeSteps(data),
  }
}

type Data = Pick<Registration, 'permissions' | 'redirectUris' | 'tab'>

function describeSteps({ permissions, redirectUris, tab }: Data): readonly string[] {
  const named = (kind: Permission['kind']) =>
    permissions.filter((one) => one.kind === kind && one.needed).map(({ name }) => name)
  const [application, delegated] = [named('application'), named('delegated')]
  const extra = permissions.filter(({ needed }) => !needed).map(({ name }) => name)
  return [
    `Open entra.microsoft.com, Applications, App registrations, New registration. Name it ${appName}; supported account types: this organisational directory only.`,
    ...(redirectUris.length > 0
      ? [
          `Under Authentication add the platform Web (not single-page application) with these redirect URIs, letter by letter: ${redirectUris.join(' , ')}`,
        ]
      : []),
    `Under API permissions add, of Microsoft Graph, the application permissions ${application.join(', ')}${delegated.length > 0 ? ` and the delegated permissions ${delegated.join(', ')}` : ''}. Of use, but not needed: ${extra.join(', ')}.`,
    'Choose Grant admin consent there. A Privileged Role Administrator or a Global Administrator can.',
    'Under Certificates & secrets upload a certificate, or make a client secret: copy its value (not its id), which is shown once, and note the day on which it ends.',
    'Copy the tenant id and the application (client) id of the overview page.',
    ...(tab ? tabSteps(tab) : []),
  ]
}

function needed({ permissions }: Data): readonly Permission[] {
  return permissions.filter((one) => one.needed)
}

/** Of the command line az (learn.microsoft.com/cli/azure/ad/app). Prints what the wizard asks for next. */
function azureCli(data: Data): RegistrationScript {
  const { redirectUris } = data
  const uris = redirectUris.map((uri) => `'${uri}'`).join(' ')
  const rights = needed(data).map(({ id, kind }) => `${id}=${kind === 'application' ? 'Role' : 'Scope'}`)
  const lines = [
    '# Run in bash, for example in the Azure Cloud Shell, signed in as an administrator: az login --allow-no-subscriptions',
    'set -e',
    `APP=$(az ad app create --display-name '${appName}' --sign-in-audience AzureADMyOrg${uris === '' ? '' : ` --web-redirect-uris ${uris}`} --query appId --output tsv)`,
    ...needed(data).map(({ name, kind }) => `# ${name} (${kind})`),
    `az ad app permission add --id "$APP" --api ${graphAppId} --api-permissions ${rights.join(' ')}`,
    'az ad sp create --id "$APP" --output none',
    '# What was just made takes a moment to be known everywhere.',
    'sleep 30',
    'az ad app permission admin-consent --id "$APP"',
    `END=$(date -u -d '+${secretMonths} months' +%Y-%m-%d)`,
    `SECRET=$(az ad app credential reset --id "$APP" --append --display-name '${appName}' --end-date "$END" --query password --output tsv)`,
    'echo "Tenant id:          $(az account show --query tenantId --output tsv)"',
    'echo "Application id:     $APP"',
    'echo "Client secret:      $SECRET"',
    'echo "The secret ends on: $END"',
    ...(data.tab ? tabByAzureCli(data.tab) : []),
  ]
  return { id: 'azureCli', title: 'Azure CLI (bash)', text: `${lines.join('\n')}\n` }
}

/** Of the module Microsoft.Graph (learn.microsoft.com/powershell/microsoftgraph). */
function graphPowerShell(data: Data): RegistrationScript {
  const uris = data.redirectUris.map((uri) => `'${uri}'`).join(', ')
  const access = needed(data).map(
    ({ id, kind, name }) =>
      `    @{ Id = '${id}'; Type = '${kind === 'application' ? 'Role' : 'Scope'}' } # ${name}`,
  )
  const delegated = needed(data).filter(({ kind }) => kind === 'delegated')
  const scope = delegated.map(({ name }) => name).join(' ')
  const lines = [
    '# Needs the module Microsoft.Graph: Install-Module Microsoft.Graph -Scope CurrentUser',
    "$ErrorActionPreference = 'Stop'",
    `Connect-MgGraph -Scopes 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'${delegated.length > 0 ? ", 'DelegatedPermissionGrant.ReadWrite.All'" : ''}`,
    `$graph = Get-MgServicePrincipal -Filter "appId eq '${graphAppId}'"`,
    '$access = @(',
    ...access,
    ')',
    `$app = New-MgApplication -DisplayName '${appName}' -SignInAudience AzureADMyOrg -RequiredResourceAccess @{ ResourceAppId = '${graphAppId}'; ResourceAccess = $access }${uris === '' ? '' : ` -Web @{ RedirectUris = @(${uris}) }`}`,
    '$principal = New-MgServicePrincipal -AppId $app.AppId',
    "foreach ($one in $access | Where-Object { $_.Type -eq 'Role' }) {",
    '    New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -PrincipalId $principal.Id -ResourceId $graph.Id -AppRoleId $one.Id | Out-Null',
    '}',
    ...(delegated.length > 0
      ? [
          `New-MgOauth2PermissionGrant -ClientId $principal.Id -ConsentType AllPrincipals -ResourceId $graph.Id -Scope '${scope}' | Out-Null`,
        ]
      : []),
    `$end = (Get-Date).ToUniversalTime().AddMonths(${secretMonths})`,
    `$secret = Add-MgApplicationPassword -ApplicationId $app.Id -PasswordCredential @{ DisplayName = '${appName}'; EndDateTime = $end }`,
    '"Tenant id:          $((Get-MgContext).TenantId)"',
    '"Application id:     $($app.AppId)"',
    '"Client secret:      $($secret.SecretText)"',
    '"The secret ends on: $($end.ToString(\'yyyy-MM-dd\'))"',
    ...(data.tab ? tabByGraphPowerShell(data.tab) : []),
  ]
  return { id: 'graphPowerShell', title: 'Microsoft Graph PowerShell', text: `${lines.join('\n')}\n` }
}
