import type { RegistrationWish } from '../../core/connector.ts'
import type { Permission } from '../../core/consent-port.ts'

/** Microsoft Graph itself, in every tenant (learn.microsoft.com/graph/permissions-reference). */
export const graphAppId = '00000003-0000-0000-c000-000000000000'

/** Ids of learn.microsoft.com/graph/permissions-reference. */
const readPresence: Permission = {
  name: 'Presence.Read.All',
  id: 'a70e0c2d-e793-494c-94c4-118fa0a67f42',
  kind: 'application',
  why: 'reads what Teams shows of people, so that phones and CRM can follow it',
  needed: true,
}

const writePresence: Permission = {
  name: 'Presence.ReadWrite.All',
  id: '83cded22-8297-4ff6-a7fa-e97e9545a259',
  kind: 'application',
  why: 'reads what Teams shows of people, and shows In a call or Do not disturb there while a phone says so',
  needed: true,
}

const readPeople: Permission = {
  name: 'User.ReadBasic.All',
  id: '97235f07-e226-4f63-ace3-39588e11d3a1',
  kind: 'application',
  why: 'finds people by name, sign-in name and mail address, to match them with their phones',
  needed: true,
}

const readWholePeople: Permission = {
  name: 'User.Read.All',
  id: 'df021288-bdef-4463-88db-98f22de89214',
  kind: 'application',
  why: 'also tells guests, disabled people, further mail addresses and licences; leave it out where that is not wanted',
  needed: false,
}

const readRegistration: Permission = {
  name: 'Application.Read.All',
  id: '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30',
  kind: 'application',
  why: 'reads when the client secret ends, so that somebody is told weeks before; writing the day down by hand does as well',
  needed: false,
}

const ownPresence: Permission = {
  name: 'Presence.ReadWrite',
  id: '8d3c54a7-cf58-4773-bf81-c0cd6ad522bb',
  kind: 'delegated',
  why: 'shows calls and Do not disturb in Teams for who signed in, and for nobody else',
  needed: true,
}

/** Of OpenID Connect, as Graph lists them: who signed in, and that it goes on without them. */
const signIn: readonly Permission[] = [
  {
    name: 'openid',
    id: '37f7f235-527c-4136-accd-4a02d197296e',
    kind: 'delegated',
    why: 'tells who signed in',
    needed: true,
  },
  {
    name: 'profile',
    id: '14dad69e-099b-42c9-810b-d002981feec1',
    kind: 'delegated',
    why: 'tells their name and the tenant',
    needed: true,
  },
  {
    name: 'offline_access',
    id: '7427e0e9-2fba-42fe-b0c0-848c9e6a8182',
    kind: 'delegated',
    why: 'keeps the sign-in of a person alive until they take it back',
    needed: true,
  },
]

/** What an application needs: the least that does what is wanted. */
export function listPermissions({
  readOnly,
  mode,
}: Pick<RegistrationWish, 'readOnly' | 'mode'>): readonly Permission[] {
  const readsOnly = readOnly || mode === 'paired'
  const paired = mode === 'paired' && !readOnly
  return [
    readsOnly ? readPresence : writePresence,
    readPeople,
    readWholePeople,
    readRegistration,
    ...(paired ? [ownPresence, ...signIn] : []),
  ]
}
