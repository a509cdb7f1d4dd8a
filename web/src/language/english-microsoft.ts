import type { ConsentMode, ConsentStatus, Permission } from '../../../src/core/consent-port.ts'

const applications = {
  own: 'Connected with an application registration of your own.',
  operator: 'Connected with the operator’s application, by consent.',
  none: 'Not connected yet.',
} satisfies Record<ConsentStatus['application'], string>

const modes = {
  everyone: 'The hub acts for everyone whom a link covers.',
  optIn: 'The hub acts only for people who switched it on themselves.',
  paired: 'The hub reads for everyone, and writes for people who signed in with their own Microsoft account.',
} satisfies Record<ConsentMode, string>

const kinds = {
  application: 'application',
  delegated: 'delegated',
} satisfies Record<Permission['kind'], string>

/** The way to Microsoft 365. */
export const englishMicrosoft = {
  title: (tenant: string) => `Microsoft 365 of ${tenant}`,
  applications,
  modes,
  kinds,
  people: (agreed: number, all: number) => `For ${agreed} of ${all} people.`,
  onlyRead: 'Nothing is written: the connector only reads.',
  byLink: 'Consent by one link',
  byLinkText:
    'An administrator of Microsoft 365 opens the link, signs in there and consents. It need not be you, and they need no account here. Nothing is read or written until you have confirmed their organisation.',
  useOperators: 'Use the operator’s application',
  makeLink: 'Make a link',
  anotherLink: 'Make another link',
  endLink: 'Take the link back',
  link: 'Link',
  linkUntil: (time: string, by: string) => `A link of ${by} works until ${time}, for one consent.`,
  proved: (name: string) => `${name} has consented, for the organisation`,
  stillMissing: (permissions: string) =>
    `Not there yet, which can take some minutes after a consent: ${permissions}`,
  granted: (name: string, organisation: string, by: string) =>
    `${name} consented for the organisation ${organisation}; ${by} confirmed it.`,
  confirm: 'Yes, this is our organisation: switch it on',
  refuse: 'Refuse it',
  withdraw: 'Take the consent back',
  register: '1. Register an application',
  registerText:
    'Once, as an administrator of Microsoft 365. The script does it whole and prints what is asked for below; it has no secret in it.',
  readOnlyFirst: 'Only read to begin with: the application needs no permission to write',
  byHand: 'By hand',
  script: (title: string) => `Script for ${title}`,
  copy: 'Copy',
  copied: 'Copied',
  copyWhat: (what: string) => `Copy: ${what}`,
  redirectUris: 'Redirect URIs',
  redirectUri: 'Redirect URI',
  tab: 'For the tab in Teams',
  tabNote: (scope: string) =>
    `Needed only if people are to have their own page as a tab in Teams: the end of the script exposes the scope ${scope} at this address, with the id of the registration for CLIENTID. It can be left out.`,
  tabUri: 'Application ID URI',
  permissions: 'Permissions, and why',
  needed: 'needed',
  ofUse: 'of use, not needed',
  enter: '2. Enter what came of it',
  enterText: 'A client secret or a certificate, one of the two. The hub seals secrets and never shows them.',
  onOne: '3. Try it on one person',
  onOneExample: 'anna@contoso.com',
  onOneText: 'Each permission by itself. It reads, and leaves no trace on the person.',
  person: 'Person',
  personHint: 'What they sign in to Microsoft 365 with.',
  alsoWrite: 'Also write the weakest state for a moment, and take it back at once',
  tryPermissions: 'Try the permissions',
}
