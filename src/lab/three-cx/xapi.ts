import type { FastifyInstance } from 'fastify'
import { errorBody, page, type Query, select } from './odata.ts'
import type { PbxSwitches } from './switches.ts'
import type { Tokens } from './tokens.ts'
import { profileNames, type User, type Users } from './users.ts'

interface Parts {
  readonly users: Users
  readonly tokens: Tokens
  readonly switches: PbxSwitches
  readonly clientId: string
}

function describe(user: User, { hotDesks }: PbxSwitches) {
  const { phone, hours } = user
  const [first = '', ...rest] = phone.displayName.split(' ')
  return {
    Id: user.id,
    Number: phone.extension,
    DisplayName: phone.displayName,
    FirstName: first,
    LastName: rest.join(' '),
    EmailAddress: phone.mail ?? '',
    CurrentProfileName: user.profile,
    QueueStatus: user.queueStatus,
    IsRegistered: phone.registered,
    Enabled: true,
    EnableHotdesking: hotDesks.includes(phone.extension),
    HotdeskingAssignment: null,
    MS365TeamsEnabled: user.teams,
    OfficeHoursProps: user.officeHours,
    Hours: hours ? { ...hours, IgnoreHolidays: false } : null,
  }
}

function profilesOf(user: User) {
  return profileNames.map((Name, index) => ({
    Id: user.id * 10 + index,
    Name,
    CustomName: user.labels.get(Name) ?? '',
    CustomMessage: '',
    NoAnswerTimeout: 20,
  }))
}

/** `3` of `Users(3)`, `'101'` of `Users(Number='101')`. */
function findUser(users: Users, key: string): User | undefined {
  const [, quoted] = /^Number='((?:[^']|'')*)'$/.exec(key) ?? []
  if (quoted !== undefined) return users.byNumber(quoted.replaceAll("''", "'"))
  return /^\d+$/.test(key) ? users.byId(Number(key)) : undefined
}

function statusOf({ version, productCode, licenseActive }: PbxSwitches) {
  return {
    Id: 0,
    FQDN: 'pbx.contoso.example',
    Version: version,
    ProductCode: productCode,
    LicenseActive: licenseActive,
    MaxSimCalls: 16,
  }
}

function integrationOf({ teamsSync }: PbxSwitches) {
  const bindings = { PBXToM365Bindings: [], M365ToPbxBindings: [], PBXToM365Busy: teamsSync }
  return {
    Id: 0,
    ApplicationId: teamsSync ? '9d2c4f70-1b6f-4a0e-8f0a-6f1d2c3b4a59' : '',
    TenantId: teamsSync ? 'contoso.example' : '',
    AdUsers: { IsEnabled: teamsSync, SetTeamsPresence: teamsSync, StatusSyncConfiguration: bindings },
  }
}

/** The part of the configuration API (OData) that a presence integration uses. */
export function addXapi(app: FastifyInstance, { users, tokens, switches, clientId }: Parts): void {
  app.addHook('preHandler', async (request, reply) => {
    if (!request.url.startsWith('/xapi')) return
    const general = request.url.startsWith('/xapi/v1/Defs')
    if (!tokens.accepts(request.headers.authorization) || !(switches.role || general)) {
      await reply.code(401).header('www-authenticate', 'Bearer').send()
    } else if (!switches.xapi) await reply.code(403).send(errorBody('Forbidden', 'Not allowed.'))
  })
  app.get<{ Querystring: Query }>('/xapi/v1/Users', async ({ query }, reply) => {
    const found = page(
      users.list().map((user) => describe(user, switches)),
      query,
    )
    return found ?? reply.code(400).send(errorBody('BadRequest', 'The filter cannot be read.'))
  })
  const one = (key: string) => /^Users\((.+)\)$/.exec(key)?.[1] ?? ''
  app.get<{ Params: { key: string }; Querystring: Query }>('/xapi/v1/:key', async (request, reply) => {
    const { key } = request.params
    if (key === 'Defs') return { Id: 0 }
    if (key === 'SystemStatus') return statusOf(switches)
    if (key === 'LicenseStatus') {
      const { productCode, licenseActive } = switches
      return { LicenseKey: 'LAB0-LAB0-LAB0-LAB0', ProductCode: productCode, LicenseActive: licenseActive }
    }
    if (key === 'Microsoft365Integration') return integrationOf(switches)
    if (key === 'OfficeHours') return { TimeZoneId: '1', Hours: null }
    if (key === 'ServicePrincipals') {
      const { callControl, xapi } = switches
      return page([{ Id: 7, Number: clientId, CallControlEnabled: callControl, XAPIEnabled: xapi }], {})
    }
    const user = findUser(users, one(key))
    return user
      ? select(describe(user, switches), request.query)
      : reply.code(404).send(errorBody('NotFound', 'There is no such entity.'))
  })
  app.get<{ Params: { key: string } }>('/xapi/v1/:key/ForwardingProfiles', async ({ params }, reply) => {
    const user = findUser(users, one(params.key))
    return user ? { value: profilesOf(user) } : reply.code(404).send(errorBody('NotFound', 'No such user.'))
  })
  app.get('/xapi/v1/Defs/TimeZones', async () => ({
    value: [{ Id: '1', IanaName: 'Europe/Berlin', Name: 'Berlin', WindowsName: 'W. Europe Standard Time' }],
  }))
  app.patch<{ Params: { key: string }; Body: unknown }>('/xapi/v1/:key', async ({ params, body }, reply) => {
    const user = /^\d+$/.test(one(params.key)) ? findUser(users, one(params.key)) : undefined
    if (!user) return reply.code(404).send(errorBody('NotFound', 'There is no such entity.'))
    const { CurrentProfileName, QueueStatus } = (body ?? {}) as Record<string, unknown>
    if (CurrentProfileName !== undefined && !users.setProfile(user, String(CurrentProfileName), 'pbx')) {
      return reply.code(400).send(errorBody('BadRequest', 'CurrentProfileName: no such profile.'))
    }
    if (QueueStatus === 'LoggedIn' || QueueStatus === 'LoggedOut') {
      users.change(user.phone.extension, { queueStatus: QueueStatus })
    }
    return reply.code(204).send()
  })
}
