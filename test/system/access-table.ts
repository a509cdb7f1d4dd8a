/** Who may call what: every operation of the API has a row. Read by access.test.ts, which walks all of them as everybody. */

/** Somebody with rights in one tenant, or of the whole hub. */
export const roles = [
  'operator',
  'admin',
  'supervisor',
  'member',
  'reader',
  'speaker',
  'dialplan',
  'boss',
  'monitor',
] as const
/** `reader` ... `boss` are tokens of one tenant with one scope each, `monitor` one that reads the whole hub. */
export type Role = (typeof roles)[number]

export interface Asking {
  /** The tenant that is asked about. */
  readonly place: string
  /** Of an account of that tenant. */
  readonly account: string
  /** Different each time. */
  readonly count: number
}

export interface Asked {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  readonly path: string
  readonly body?: unknown
}

export interface Row {
  /** Whoever is not named is refused; `everyone` needs no proof at all. */
  readonly may: readonly Role[] | 'everyone'
  readonly ask?: (about: Asking) => Asked
}

const anna = (place: string, rest = '') => `/api/v1/people/anna@${place}.example${rest}?tenant=${place}`
const get = (path: (place: string) => string) => (about: Asking) => {
  return { method: 'GET', path: path(about.place) } as const
}
const plain = (path: string) => get((place) => `/api/v1${path}?tenant=${place}`)
const onAccount =
  (method: Asked['method'], rest = '', body?: unknown) =>
  (about: Asking) => {
    return { method, path: `/api/v1/accounts/${about.account}${rest}`, ...(body !== undefined && { body }) }
  }

const onRoster =
  (rest: string) =>
  ({ place }: Asking) => {
    const path = `/api/v1/roster/table${rest}?tenant=${place}`
    return { method: 'POST', path, body: { csv: 'upn' } } as const
  }

const everyone = { may: 'everyone' } as const
const hub = ['operator'] as const
const tenant = [...hub, 'admin', 'boss'] as const
const readsTenant = [...tenant, 'reader', 'monitor'] as const
const readsPeople = [...readsTenant, 'supervisor', 'member'] as const
const speaks = [...tenant, 'speaker'] as const
const anyAccount = ['operator', 'admin', 'supervisor', 'member'] as const

const item =
  (method: Asked['method'], rest: string, body: object = { version: 1 }) =>
  (about: Asking) => {
    const path = `/api/v1/config/tenants/${about.place}${rest}`
    return { method, path, ...(!['GET', 'DELETE'].includes(method) && { body }) }
  }
const whole = (method: Asked['method'], path: string, body?: object) => () => {
  return { method, path: `/api/v1/config${path}`, ...(body && { body }) }
}

/** The parts that anybody of a tenant may ask for, and those of the whole hub. */
const ofConfiguration: Readonly<Record<string, Row>> = {
  readConfiguration: { may: tenant, ask: plain('/config') },
  describeConfiguration: { may: tenant, ask: plain('/config/schema') },
  listConfigurationVersions: { may: tenant, ask: plain('/config/versions') },
  readConfigurationVersion: { may: tenant, ask: plain('/config/versions/1') },
  saveConfiguration: { may: hub, ask: whole('PUT', '') },
  checkConfiguration: { may: hub, ask: whole('POST', '/check') },
  rollBackConfiguration: { may: hub, ask: whole('POST', '/rollback') },
  putConfiguredPart: { may: hub, ask: whole('PUT', '/hub/alerts', {}) },
  checkConfiguredPart: { may: hub, ask: whole('POST', '/hub/alerts/problems', {}) },
  rotateKeys: { may: hub, ask: whole('POST', '/keys/rotate') },
  checkConnector: { may: tenant, ask: item('POST', '/connectors/pbx/problems') },
  tryConnector: { may: tenant, ask: item('POST', '/connectors/pbx/check') },
  describeConnectorSignIn: { may: tenant, ask: item('GET', '/connectors/pbx/sign-in') },
  beginConnectorSignIn: { may: tenant, ask: item('POST', '/connectors/pbx/sign-in/begin') },
  signInConnector: { may: tenant, ask: item('POST', '/connectors/pbx/sign-in') },
  rollBackConfiguredTenant: { may: tenant, ask: item('POST', '/rollback') },
  describeLinks: { may: tenant, ask: item('GET', '/links') },
  tryLinks: { may: tenant, ask: item('POST', '/links/try', { links: [] }) },
  putConfiguredTenant: { may: tenant, ask: item('PUT', '') },
  deleteConfiguredTenant: { may: hub, ask: item('DELETE', '') },
  putConfiguredConnector: { may: tenant, ask: item('PUT', '/connectors/pbx') },
  deleteConfiguredConnector: { may: tenant, ask: item('DELETE', '/connectors/pbx') },
  putConfiguredLink: { may: tenant, ask: item('PUT', '/links/pbx/teams') },
  deleteConfiguredLink: { may: tenant, ask: item('DELETE', '/links/pbx/teams') },
  putConfiguredPerson: { may: tenant, ask: item('PUT', '/people/anna@contoso.example') },
  deleteConfiguredPerson: { may: tenant, ask: item('DELETE', '/people/anna@contoso.example') },
}

const toTenant =
  (method: Asked['method'], path: string, body: object = {}) =>
  ({ place }: Asking) =>
    ({ method, path: `/api/v1${path}`, body: { tenant: place, ...body } }) as const
const ofPerson = { may: [...tenant, 'member'] as const }

const ofConsent: Readonly<Record<string, Row>> = {
  listActionItems: { may: readsTenant, ask: plain('/action-items') },
  readConsent: { may: readsTenant, ask: plain('/consent') },
  describeRegistration: { may: tenant, ask: plain('/consent/registration') },
  tryPermissions: {
    may: tenant,
    ask: toTenant('POST', '/consent/try', { person: 'anna@contoso.example' }),
  },
  makeConsentLink: { may: tenant, ask: toTenant('POST', '/consent/link') },
  endConsentLink: {
    may: tenant,
    ask: ({ place }) => ({ method: 'DELETE', path: `/api/v1/consent/link?tenant=${place}` }),
  },
  confirmConsent: { may: tenant, ask: toTenant('POST', '/consent/confirm', { proof: 'unknown' }) },
  withdrawConsent: {
    may: tenant,
    ask: ({ place }) => ({ method: 'DELETE', path: `/api/v1/consent?tenant=${place}` }),
  },
  listPeoplesConsent: { may: tenant, ask: plain('/consent/people') },
  switchPeople: { may: tenant, ask: toTenant('POST', '/consent/people', { on: true, people: 'all' }) },
  readPersonConsent: { ...ofPerson, ask: get((place) => anna(place, '/consent')) },
  switchPerson: {
    ...ofPerson,
    ask: ({ place }) => ({ method: 'PUT', path: anna(place, '/consent'), body: { on: true } }),
  },
  beginPairing: {
    ...ofPerson,
    ask: ({ place }) => ({ method: 'POST', path: anna(place, '/pairing') }),
  },
  handOverPairing: {
    ...ofPerson,
    ask: ({ place }) => ({ method: 'POST', path: anna(place, '/pairing/code') }),
  },
  unpair: { ...ofPerson, ask: ({ place }) => ({ method: 'DELETE', path: anna(place, '/pairing') }) },
}

const ofSelf: Readonly<Record<string, Row>> = {
  readOwnSettings: { ...ofPerson, ask: get((place) => anna(place, '/own')) },
  switchDirection: {
    ...ofPerson,
    ask: ({ place }) => ({
      ...{ method: 'PUT', path: anna(place, '/own/directions') },
      body: { link: 'pbx to teams', on: true },
    }),
  },
  chooseCalls: {
    ...ofPerson,
    ask: ({ place }) => ({ method: 'PUT', path: anna(place, '/own/calls'), body: { as: 'rules' } }),
  },
  noteVisit: { ...ofPerson, ask: ({ place }) => ({ method: 'POST', path: anna(place, '/own/visit') }) },
  readFleet: { may: [...hub, 'monitor'], ask: plain('/fleet') },
  readVisits: { may: tenant, ask: plain('/visits') },
}

/** By operationId. */
export const table: Readonly<Record<string, Row>> = {
  ...ofConfiguration,
  live: everyone,
  ready: everyone,
  describeApi: everyone,
  showSession: everyone,
  signIn: everyone,
  signOut: everyone,
  setUp: everyone,
  choosePassword: everyone,
  signInByProvider: everyone,
  comeBackFromProvider: everyone,
  readSignInWords: everyone,
  endSessionsByToken: everyone,
  endSessionByPage: everyone,
  openConsentLink: everyone,
  followConsentLink: everyone,
  comeBackFromConsent: everyone,
  comeBackFromPairing: everyone,
  comeBackFromConnectorSignIn: everyone,
  takePairingOver: everyone,
  signInByTab: everyone,
  ...ofConsent,
  ...ofSelf,
  metrics: { may: ['operator', 'monitor'], ask: () => ({ method: 'GET', path: '/metrics' }) },
  listPeople: { may: readsPeople, ask: plain('/people') },
  watchPeople: { may: readsPeople, ask: plain('/events') },
  readPerson: { may: readsPeople, ask: get((place) => anna(place)) },
  explainPerson: { may: readsPeople, ask: get((place) => anna(place, '/explain')) },
  readDay: {
    may: readsPeople,
    ask: get((place) => `${anna(place, '/day')}&from=${Date.now() - 60_000}&to=${Date.now()}`),
  },
  readReachability: { may: readsPeople, ask: get((place) => anna(place, '/reachability')) },
  askToRing: { may: [...readsTenant, 'dialplan'], ask: plain('/ring/api/1') },
  putSignal: {
    may: speaks,
    ask: ({ place }) => {
      const body = { state: 'busy', ttl: 60 }
      return { method: 'PUT', path: anna(place, '/signals/door'), body }
    },
  },
  deleteSignal: {
    may: speaks,
    ask: ({ place }) => ({ method: 'DELETE', path: anna(place, '/signals/door') }),
  },
  pausePerson: {
    may: [...speaks, 'member'],
    ask: ({ place }) => ({ method: 'PUT', path: anna(place, '/pause'), body: { minutes: 5 } }),
  },
  resumePerson: {
    may: [...speaks, 'member'],
    ask: ({ place }) => ({ method: 'DELETE', path: anna(place, '/pause') }),
  },
  pauseAddress: {
    may: speaks,
    ask: ({ place }) => ({ method: 'POST', path: `/api/v1/pause/api/1?tenant=${place}` }),
  },
  resyncPerson: {
    may: [...speaks, 'member'],
    ask: ({ place }) => ({ method: 'POST', path: anna(place, '/resync') }),
  },
  exportPerson: { may: [...tenant, 'member'], ask: get((place) => anna(place, '/data')) },
  erasePerson: {
    may: [...tenant, 'member'],
    ask: ({ place }) => ({ method: 'DELETE', path: anna(place, '/data') }),
  },
  listConnectors: { may: readsTenant, ask: plain('/connectors') },
  resyncConnector: {
    may: tenant,
    ask: ({ place }) => ({ method: 'POST', path: `/api/v1/connectors/${place}/pbx/resync` }),
  },
  listAlerts: { may: readsTenant, ask: plain('/alerts') },
  readHealth: { may: readsTenant, ask: plain('/health') },
  readLatency: { may: readsTenant, ask: plain('/latency') },
  listWebhooks: { may: readsTenant, ask: plain('/webhooks') },
  listFailedEvents: { may: readsTenant, ask: plain('/webhooks/failed') },
  listDeliveries: { may: readsTenant, ask: plain('/webhooks/deliveries') },
  testWebhook: {
    may: tenant,
    ask: ({ place }) => ({
      ...{ method: 'POST', path: '/api/v1/webhooks/test' },
      body: { tenant: place, webhook: 'none' },
    }),
  },
  replayEvents: {
    may: tenant,
    ask: ({ place }) => ({ method: 'POST', path: '/api/v1/webhooks/replay', body: { tenant: place } }),
  },
  tellWebhookAgain: {
    may: tenant,
    ask: ({ place }) => ({
      ...{ method: 'POST', path: '/api/v1/webhooks/tell' },
      body: { tenant: place, webhook: 'none' },
    }),
  },
  release: {
    may: tenant,
    ask: ({ place }) => ({
      ...{ method: 'POST', path: '/api/v1/release' },
      body: { person: `anna@${place}.example`, tenant: place },
    }),
  },
  listPolicies: { may: readsTenant, ask: plain('/policies') },
  readPolicy: { may: tenant, ask: plain('/policies/1') },
  rollBackPolicy: {
    may: tenant,
    ask: ({ place }) => ({
      ...{ method: 'POST', path: '/api/v1/policies/rollback' },
      body: { tenant: place, version: 1, comment: 'test' },
    }),
  },
  unpinPolicy: {
    may: tenant,
    ask: ({ place }) => ({ method: 'POST', path: '/api/v1/policies/unpin', body: { tenant: place } }),
  },
  readAudit: { may: tenant, ask: plain('/audit') },
  exportAudit: { may: tenant, ask: plain('/audit/export') },
  noteReplay: {
    may: tenant,
    ask: ({ place }) => ({
      ...{ method: 'POST', path: '/api/v1/audit/replay' },
      body: { tenant: place, from: 0, to: 1 },
    }),
  },
  readRoster: { may: tenant, ask: plain('/roster') },
  listCoverage: { may: tenant, ask: plain('/roster/people') },
  listPlaces: { may: tenant, ask: get((place) => `/api/v1/roster/places?tenant=${place}&connector=api`) },
  exportRoster: { may: tenant, ask: plain('/roster/table') },
  linkByHand: {
    may: tenant,
    ask: ({ place }) => ({
      ...{ method: 'PUT', body: { addresses: ['1'] } },
      path: `/api/v1/roster/people/anna@${place}.example/addresses/pbx?tenant=${place}`,
    }),
  },
  hidePerson: {
    may: tenant,
    ask: ({ place }) => ({
      ...{ method: 'PUT', body: { hidden: true } },
      path: `/api/v1/roster/people/anna@${place}.example/hidden?tenant=${place}`,
    }),
  },
  previewRoster: { may: tenant, ask: onRoster('/preview') },
  importRoster: { may: tenant, ask: onRoster('') },
  listTokens: { may: tenant, ask: plain('/tokens') },
  issueToken: {
    may: tenant,
    ask: ({ place, count }) => ({
      ...{ method: 'POST', path: '/api/v1/tokens' },
      body: { name: `token-${count}`, scopes: ['read'], tenants: [place] },
    }),
  },
  revokeToken: { may: tenant, ask: () => ({ method: 'DELETE', path: '/api/v1/tokens/unknown' }) },
  listSites: { may: tenant, ask: plain('/sites') },
  issueSiteCode: {
    may: tenant,
    ask: ({ place }) => ({
      ...{ method: 'POST', path: '/api/v1/sites/codes' },
      body: { tenant: place, name: 'attic', connectors: ['phones'] },
    }),
  },
  revokeSite: {
    may: tenant,
    ask: ({ place }) => ({ method: 'DELETE', path: `/api/v1/sites/attic?tenant=${place}` }),
  },
  listAccounts: { may: tenant, ask: plain('/accounts') },
  createAccount: {
    may: tenant,
    ask: ({ place, count }) => ({
      ...{ method: 'POST', path: '/api/v1/accounts' },
      body: { name: `new-${count}`, displayName: 'New', grants: [{ role: 'admin', tenant: place }] },
    }),
  },
  readAccount: { may: tenant, ask: onAccount('GET') },
  changeAccount: { may: tenant, ask: onAccount('PUT', '', { displayName: 'Other' }) },
  linkAccount: { may: tenant, ask: onAccount('POST', '/link') },
  endSessions: { may: tenant, ask: onAccount('DELETE', '/sessions') },
  deleteAccount: { may: tenant, ask: onAccount('DELETE') },
  changePassword: {
    may: anyAccount,
    ask: () => ({
      ...{ method: 'PUT', path: '/api/v1/session/password' },
      body: { current: 'not the password', password: 'correct horse battery' },
    }),
  },
}
