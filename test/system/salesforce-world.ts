import { generateKeyPairSync } from 'node:crypto'
import type { SalesforceConfig } from '../../src/connectors/salesforce/config.ts'
import { salesforce } from '../../src/connectors/salesforce/definition.ts'
import { meaningOfWords, stateOfMeaning } from '../../src/connectors/salesforce/meanings.ts'
import type { KeyValue, Publication } from '../../src/core/connector.ts'
import type { Clock } from '../../src/core/ports.ts'
import { DO_NOT_DISTURB, OFFLINE, type Presence } from '../../src/core/presence.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { Faults } from '../../src/lab/faults.ts'
import { Tenant } from '../../src/lab/microsoft/tenant.ts'
import { People } from '../../src/lab/people.ts'
import { Phones } from '../../src/lab/phones.ts'
import { RequestLog } from '../../src/lab/request-log.ts'
import { labUserId } from '../../src/lab/salesforce/ids.ts'
import { labCrmClient } from '../../src/lab/salesforce/oauth.ts'
import { startSalesforce } from '../../src/lab/salesforce/server.ts'
import { defaultSwitches } from '../../src/lab/switches.ts'
import { recordingContext } from '../contract/context.ts'
import { closeAfterEach, follow } from './recorded.ts'

const domain = 'contoso.example'
const upnOf = (name: string) => `${name}@${domain}`

export const changeTopic = '/data/UserServicePresenceChangeEvent'

/** The address of a person: the id of their user. */
export const idOf = (name: string) => labUserId(upnOf(name))

/** Keys like that of the integration user; made once, because it takes long. */
const pem = { publicKeyEncoding: { type: 'spki', format: 'pem' } } as const
export const keys = generateKeyPairSync('rsa', {
  ...{ modulusLength: 2048, ...pem },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

/** Three agents of the emulated organisation: Anna and Ben are followed, Chiara is another colleague. */
export async function startCrm(clock = new LabClock()) {
  const phones = new Phones(clock)
  const tenant = new Tenant('7e0c3c5a-1f5b-4a55-9c1e-6d1f0a2b3c4d', clock, structuredClone(defaultSwitches))
  const people = new People(new Map([[tenant.id, tenant]]), phones)
  for (const name of ['anna', 'ben', 'chiara']) people.put(tenant, { upn: upnOf(name), displayName: name })
  const requests = new RequestLog(clock)
  const faults = new Faults()
  const crm = await startSalesforce({ clock, phones, people, faults, requests, port: 0 })
  crm.trust(keys.publicKey)
  const [loginUrl = '', pubSubUrl = ''] = crm.address.split(',')
  const { clientId, username } = labCrmClient
  const config: SalesforceConfig = {
    ...{ loginUrl, pubSubUrl, clientId, username, privateKey: keys.privateKey },
    ...{ logoutSeconds: 1, confirmSeconds: 2, reconcileSeconds: 10 },
  }
  const pick = (name: string, label: string) => void crm.desk!.pick(upnOf(name), label)
  const label = (name: string) => crm.desk!.shown(upnOf(name))
  const openConsole = (name: string, open: boolean) => crm.consoles.set(upnOf(name), open)
  return { crm, requests, faults, config, clock, pick, label, openConsole }
}

export type Crm = Awaited<ReturnType<typeof startCrm>>

/** What an agent shows, as a state. */
export function shownAt({ crm }: Pick<Crm, 'crm'>, userId: string): Presence {
  const row = crm.agents.row(userId)
  return row ? stateOfMeaning(meaningOfWords(row.status.label)!) : OFFLINE
}

const closing = closeAfterEach()

export function isSubscribed({ crm }: Pick<Crm, 'crm'>): boolean {
  return (crm.bus.topic(changeTopic)?.listeners.size ?? 0) > 0
}

/** The emulated organisation with the connector in front of it. */
export async function connect(
  change: Partial<SalesforceConfig> = {},
  options: { readonly clock?: Clock; readonly memory?: KeyValue } = {},
) {
  const world = await startCrm()
  closing(() => world.crm.stop())
  const recording = recordingContext({ clock: world.clock, ...options })
  const config = { ...world.config, ...change }
  const create = () => {
    const made = salesforce.create(config, recording.context)
    closing(() => made.stop())
    return made
  }
  const { until } = follow(recording)
  const seen = (name: string) => recording.feeds.presence(idOf(name))
  const check = () => salesforce.check(config, recording.context)
  return { ...world, recording, instance: create(), create, until, seen, check, config }
}

export async function started(...given: Parameters<typeof connect>) {
  const world = await connect(...given)
  await world.instance.start([idOf('anna'), idOf('ben')])
  // Of what happens before it has subscribed it is told nothing.
  await world.until(() => isSubscribed(world), 'the subscription')
  return world
}

export function publication(about: Partial<Publication> = {}): Publication {
  return {
    ...{ id: 'p-1', address: idOf('anna'), slot: 'status', act: 'assert' },
    ...{ state: DO_NOT_DISTURB, refresh: false, ...about },
  }
}
