import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadSync, type MessageTypeDefinition } from '@grpc/proto-loader'
import jsforce from 'jsforce'
import { afterEach, describe, expect, test } from 'vitest'
import { labCrmClient } from '../../src/lab/salesforce/oauth.ts'
import { type Crm, idOf, startCrm } from './salesforce-world.ts'

const published = join(
  process.env.HOOKSWITCH_CONTRACTS ?? join(import.meta.dirname, '../../../shared/contracts'),
  'salesforce/pubsub_api.proto',
)
const own = (room: string) =>
  fileURLToPath(new URL(`../../src/${room}/salesforce/pubsub.proto`, import.meta.url))

let world: Crm | undefined
afterEach(async () => {
  await world?.crm.stop()
  world = undefined
})

interface Field {
  readonly name: string
  readonly number: number
  readonly type: string
  readonly label: string
}

/** The fields of each message and the values of each enumeration as they are on the wire, and the methods, by name. */
function wireOf(file: string) {
  const messages = new Map<string, readonly string[]>()
  const methods = new Map<string, string>()
  for (const [name, definition] of Object.entries(loadSync(file, { keepCase: true }))) {
    if ('type' in definition) {
      const { field, value = [] } = (definition as MessageTypeDefinition<object, object>).type as {
        field?: readonly Field[]
        value?: readonly Pick<Field, 'name' | 'number'>[]
      }
      const fields = field
        ? field.map(({ name: word, number, type, label }) => `${number} ${word} ${type} ${label}`)
        : value.map(({ name: word, number }) => `${number} ${word}`)
      messages.set(name, fields.sort())
    } else {
      for (const [method, { path, requestStream, responseStream }] of Object.entries(definition)) {
        methods.set(method, `${path} ${requestStream} ${responseStream}`)
      }
    }
  }
  return { messages, methods }
}

describe("the Pub/Sub API's wire format, against the vendor's published file where it is at hand", () => {
  test.each(['lab', 'connectors'])('of %s', (room) => {
    const ours = wireOf(own(room))
    expect(ours.messages.size).toBeGreaterThan(8)
    for (const fields of ours.messages.values()) expect(fields.length).toBeGreaterThan(0)
    expect([...ours.methods.keys()].sort()).toEqual(['GetSchema', 'GetTopic', 'Subscribe'])
    if (!existsSync(published)) return
    const theirs = wireOf(published)
    for (const [name, fields] of ours.messages) expect(fields, name).toEqual(theirs.messages.get(name))
    for (const [name, method] of ours.methods) expect(method, name).toBe(theirs.methods.get(name))
  })
})

describe('a client of others at the emulator (jsforce)', () => {
  async function signIn() {
    world = await startCrm()
    const { loginUrl = '' } = world.config
    const { clientId, clientSecret, refreshToken } = labCrmClient
    const oauth2 = new jsforce.OAuth2({ loginUrl, clientId, clientSecret })
    const granted = await oauth2.refreshToken(refreshToken)
    const connection = new jsforce.Connection({
      ...{ oauth2, version: '62.0', instanceUrl: granted.instance_url, accessToken: granted.access_token },
    })
    return { crm: world, connection }
  }

  test('signs in and reads who is in which status, over several pages', async () => {
    const { crm, connection } = await signIn()
    crm.crm.switches.pageSize = 2
    crm.pick('anna', 'Lunch')
    const soql = 'SELECT UserId, ServicePresenceStatusId FROM UserServicePresence WHERE IsCurrentState = true'
    const { records } = await connection.query(soql, { autoFetch: true })
    const lunch = crm.crm.agents.statuses.find(({ label }) => label === 'Lunch')!
    expect(records).toHaveLength(3)
    expect(records.find(({ UserId }) => UserId === idOf('anna'))?.ServicePresenceStatusId).toBe(lunch.id)
    expect(connection.limitInfo?.apiUsage?.limit).toBe(100_000)
  })

  test('publishes a command, which the console carries out', async () => {
    const { crm, connection } = await signIn()
    const busy = crm.crm.agents.statuses.find(({ label }) => label === 'Busy')!
    const made = await connection.sobject('Hookswitch_Command__e').create({
      ...{ Command_Id__c: 'c-1', User_Id__c: idOf('anna'), Status_Id__c: busy.id },
      Until__c: new Date(Date.now() + 60_000).toISOString(),
    })
    expect([made.success, crm.label('anna')]).toEqual([true, 'Busy'])
  })

  test('reads the errors as those of Salesforce', async () => {
    const { crm, connection } = await signIn()
    await expect(connection.query('SELECT Nothing FROM User')).rejects.toThrow('No such column')
    crm.crm.switches.omniChannel = false
    await expect(connection.query('SELECT Id FROM UserServicePresence')).rejects.toMatchObject({
      errorCode: 'INVALID_TYPE',
    })
  })
})
