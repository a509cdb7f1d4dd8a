import type { FailureKind } from '../../core/connector.ts'

/** What an AADSTS code means to the person who set this up. `{app}`, `{tenant}` and `{login}` are filled in. */
export interface EntraAdvice {
  readonly codes: readonly number[]
  readonly text: string
  readonly fix: string
  /** Only where the OAuth error would lead to the wrong behaviour. */
  readonly kind?: FailureKind
}

/**
 * Codes and meanings: learn.microsoft.com/entra/identity-platform/reference-error-codes. Microsoft may change codes,
 * so what we do follows the OAuth `error`; the codes only choose the words.
 */
export const entraAdvice: readonly EntraAdvice[] = [
  {
    codes: [50011, 900971],
    text: 'The redirect address of the sign-in is not registered, or is missing.',
    fix: 'Register exactly the redirect address that the sign-in uses in the app registration, platform Web.',
  },
  {
    codes: [50020, 50034, 51004, 16003],
    text: 'The account does not exist in tenant {tenant}.',
    fix: 'Sign in with a work account of tenant {tenant}.',
  },
  {
    codes: [50194],
    text: 'App {app} is registered for a single tenant but was used through a shared endpoint.',
    fix: 'Set entraTenantId to the id of your tenant.',
  },
  {
    codes: [90002, 50059, 50128],
    text: 'Tenant {tenant} was not found at {login}.',
    fix: 'Compare entraTenantId with the tenant id on the overview page of Microsoft Entra, and set cloud if the tenant is in a government cloud.',
  },
  {
    codes: [90038],
    text: 'Tenant {tenant} belongs to a national cloud.',
    fix: 'Set cloud to gcc-high or dod.',
  },
  {
    codes: [700016, 700011, 70001],
    text: 'App {app} was not found in tenant {tenant}.',
    fix: 'Compare clientId with the application id of the app registration and entraTenantId with its tenant; in another tenant than its home, an administrator must consent first.',
  },
  {
    codes: [7000215],
    text: 'The client secret of app {app} is wrong.',
    fix: 'Configure the value of the client secret, not its id; it is shown once only, so create a new one if it is lost.',
  },
  {
    codes: [7000222],
    text: 'The client secret of app {app} has expired.',
    fix: 'Create a new client secret in the app registration (Certificates & secrets) and configure its value.',
  },
  {
    codes: [70002],
    text: 'The credential of app {app} was not accepted: the client secret is wrong or expired.',
    fix: 'Create a new client secret in the app registration and configure its value.',
  },
  {
    codes: [700027, 50012, 700030, 50013],
    text: 'The certificate of app {app} was not accepted.',
    fix: 'Upload this certificate in the app registration, check that the private key belongs to it, that it has not expired, and that the clock of this machine is right.',
  },
  {
    codes: [700025],
    text: 'App {app} is registered as a public client, which may not use a secret or certificate.',
    fix: 'In the app registration under Authentication, set "Allow public client flows" to No.',
  },
  {
    codes: [65001, 90094, 90095, 90008],
    text: 'An administrator of tenant {tenant} has not consented to the permissions of app {app}.',
    fix: 'Open the app registration, API permissions, and choose "Grant admin consent".',
  },
  {
    codes: [65004],
    text: 'The consent to the permissions of app {app} was declined.',
    fix: 'Start the consent again and accept it, or ask an administrator of the tenant.',
  },
  {
    codes: [650052, 650056, 650057, 65005, 500011],
    text: 'App {app} has no permissions on Microsoft Graph, or Microsoft Graph is not enabled in tenant {tenant}.',
    fix: 'Add the application permissions Presence.ReadWrite.All and User.ReadBasic.All of Microsoft Graph to the app registration and grant admin consent; check that cloud names the right cloud.',
  },
  {
    codes: [50105],
    text: 'The account is not assigned to the enterprise application {app}.',
    fix: 'Assign it under Enterprise applications, Users and groups, or set "Assignment required" to No.',
  },
  {
    codes: [50076, 50079, 50074, 50072, 50078],
    text: 'The sign-in needs a second factor.',
    fix: 'Sign in interactively again.',
  },
  {
    codes: [53000, 53001, 53002, 53003, 530035, 50131, 50005, 50097],
    text: 'A Conditional Access policy or the security defaults of tenant {tenant} block app {app}.',
    fix: 'Ask the administrator of Conditional Access to allow this application from this place (workload identities).',
  },
  {
    codes: [50057, 50053, 50055],
    text: 'The account is disabled, locked, or its password has expired.',
    fix: 'Ask the administrator of tenant {tenant} to unlock the account.',
  },
  {
    codes: [50173, 50132, 50133, 70000, 70008, 700082, 70043, 50089],
    text: 'The sign-in was revoked or has expired.',
    fix: 'Pair the account again.',
  },
  {
    codes: [700084],
    text: 'The redirect address is registered for the platform single-page application.',
    fix: 'Register it under the platform Web instead.',
  },
  {
    codes: [54005],
    text: 'The authorization code was used twice.',
    fix: 'Start the sign-in again.',
  },
  {
    codes: [501481, 50147],
    text: 'The PKCE verifier does not match the sign-in.',
    fix: 'Start the sign-in again in one browser window.',
  },
  {
    codes: [9001023, 90124, 90130],
    text: 'This grant is not allowed at a shared endpoint (common, organizations).',
    fix: 'Set entraTenantId to the id of your tenant.',
  },
  {
    codes: [50196],
    text: 'Microsoft sees app {app} asking for tokens in a loop.',
    fix: 'Check that no other program uses the same app registration; Hookswitch asks again later by itself.',
    kind: 'not-ready',
  },
  {
    codes: [90024, 90033, 50033, 90006, 90012, 90090],
    text: 'Microsoft Entra has a passing problem.',
    fix: 'Nothing needs to be done; Hookswitch tries again.',
    kind: 'not-ready',
  },
]
