import type { Role } from '../../../src/core/access.ts'

const roleTexts = {
  operator: 'Everything, in every tenant.',
  admin: 'Everything in one tenant.',
  supervisor: 'Sees the board of groups, or of a whole tenant.',
  member: 'Sees and switches themselves only.',
} satisfies Record<Role, string>

/** Who may sign in, and what they may do. */
export const englishAccess = {
  accounts: 'Accounts',
  none: 'Nobody has an account yet.',
  add: 'New account',
  name: 'What they sign in with',
  nameHint: 'A mail address or a short name.',
  displayName: 'Name',
  rights: 'What they may do',
  right: (place: number) => `Right ${place}`,
  role: 'Role',
  roleTexts,
  tenant: 'Tenant',
  groups: 'Groups',
  groupsHint: (groups: string) =>
    groups === ''
      ? 'This tenant has no groups: left empty, everyone.'
      : `Left empty, everyone. There are: ${groups}`,
  person: 'Person (UPN)',
  addRight: 'Add a right',
  removeRight: (place: number) => `Remove right ${place}`,
  create: 'Create the account',
  save: 'Save',
  cancel: 'Cancel',
  close: 'Close',
  signedOutBySaving: 'Other rights sign the account out everywhere.',
  noRight: 'No right: this account may do nothing.',
  wrong: {
    tenant: (tenant: string) => `There is no tenant “${tenant}”: this right does nothing.`,
    groups: (groups: string) => `Nobody is in ${groups}: nobody is seen by that.`,
    person: (person: string) => `There is no person “${person}”: this right does nothing.`,
  },
  password: 'signs in with a password',
  byProvider: (provider: string) => `signs in at ${provider}, whose rules say what they may do`,
  noPassword: 'has not chosen a password',
  linkUntil: (time: string) => `the link works until ${time}`,
  more: (name: string) => `More for ${name}`,
  change: 'Change',
  newLink: 'New link for choosing a password',
  signOut: 'Sign out everywhere',
  remove: 'Delete',
  linkTitle: (name: string) => `Link for ${name}`,
  linkText: (time: string) =>
    `Give this link to its owner yourself: nothing is mailed. It is shown this once, works once, and until ${time}. A link from before works no more.`,
  newLinkText: 'A link from before works no more. A password that there is stays until another is chosen.',
  link: 'Link',
  copy: 'Copy',
  copied: 'Copied.',
  removeTitle: (name: string) => `Delete the account of ${name}?`,
  removeText:
    'Its sessions end at once, and it cannot sign in again. The person it belongs to stays on the board and is kept in step; what the account did stays in the audit log. This cannot be undone.',
  signOutTitle: (name: string) => `Sign ${name} out everywhere?`,
  signOutText:
    'Every browser that is signed in with this account has to sign in again. Nothing else changes.',
  removed: (name: string) => `The account of ${name} is deleted.`,
  signedOut: (name: string) => `${name} is signed out everywhere.`,
  changed: (name: string) => `The account of ${name} is changed.`,
}
