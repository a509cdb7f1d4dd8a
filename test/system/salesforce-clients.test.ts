import jsforce from 'jsforce'
import { afterEach, describe, expect, test } from 'vitest'
import { labCrmClient } from '../../src/lab/salesforce/oauth.ts'
import { ownProto, wireOf } from './salesforce-wire.ts'
import { type Crm, idOf, startCrm } from './salesforce-world.ts'

let world: Crm | undefined
afterEach(async () => {
  await world?.crm.stop()
  world = undefined
})

test.each(['lab', 'connectors'] as const)('the Pub/Sub API of %s has the methods that are used', (room) => {
  const { messages, methods } = wireOf(ownProto(room))
  expect(messages.size).toBeGreaterThan(8)
  for (const fields of messages.values()) expect(fields.length).toBeGreaterThan(0)
  expect([...methods.keys()].sort()).toEqual(['GetSchema', 'GetTopic', 'Subscribe'])
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
