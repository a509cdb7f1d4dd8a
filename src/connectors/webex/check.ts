import { type ConnectorContext, ConnectorFailure, type Finding } from '../../core/connector.ts'
import { fieldsOf } from '../kit/http.ts'
import { syncProblem } from '../kit/vendor-sync.ts'
import { decodeCalls } from './calls.ts'
import { failureOf, WebexClient } from './client.ts'
import type { Account, Settings } from './config.ts'
import { decodeDnd } from './dnd.ts'
import { listPeople, type Person } from './people.ts'
import { readVendorSync, syncField, syncWords } from './vendor-sync.ts'
import { hookObstacle } from './webhook-keeper.ts'
import { dndPath } from './write.ts'

/** Looks at sign-in, licence, scopes, the vendor's own sync and webhooks; writes nothing. Never throws. */
export async function checkOrganization(
  settings: Settings,
  context: ConnectorContext,
): Promise<readonly Finding[]> {
  return guard(async () => {
    const { client, people, findings } = await signedIn(settings, context)
    const [first] = people
    if (!first) return findings
    return [
      ...findings,
      ...(await readFindings(client, first)),
      ...syncFindings(await readVendorSync(client), context.teamsSync),
      ...(await webhookFindings(settings, context)),
    ]
  })
}

/** The same for what the app shows. */
export async function checkPresence(
  account: Account,
  context: ConnectorContext,
): Promise<readonly Finding[]> {
  return guard(async () => {
    const { client, people, findings } = await signedIn(account, context)
    const [first] = people
    if (!first) return findings
    const path = `/people/${encodeURIComponent(first.id)}`
    const reply = await client.send({ call: 'presence', method: 'GET', path, priority: 'hot' })
    if (reply.kind !== 'ok') return [...findings, findingOf(failureOf(reply, 'What the app shows'))]
    if (fieldsOf(reply.json).status !== undefined)
      return [...findings, { level: 'ok', text: 'What the app shows can be read.' }]
    const text = `Webex tells no status of ${first.displayName ?? first.address}.`
    const fix =
      'Let people share their status, and see that the Service App belongs to this organization or one that manages it.'
    return [...findings, { level: 'warning', text, fix }]
  })
}

async function guard(work: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await work()
  } catch (error) {
    return [findingOf(error)]
  }
}

async function signedIn(account: Account, context: ConnectorContext) {
  const client = new WebexClient(account, context, context.signal)
  const people = await listPeople(client, account.url)
  const findings: Finding[] =
    people.length > 0
      ? [{ level: 'ok', text: `Signed in at Webex; ${people.length} people have an extension.` }]
      : [
          {
            level: 'error',
            text: 'Nobody in this organization has a Webex Calling extension.',
            fix: 'Give people a Webex Calling licence in Control Hub; check "orgId" where the Service App belongs to a partner.',
          },
        ]
  return { client, people, findings }
}

/** One person stands for all: whether calls and do not disturb can be read, and are understood. */
async function readFindings(client: WebexClient, { id, address }: Person): Promise<Finding[]> {
  const parts = [
    ['calls', 'Calls', client.inOrg(`/telephony/calls/members/${encodeURIComponent(id)}/calls`), decodeCalls],
    ['dnd', 'Do not disturb', dndPath(client, id), decodeDnd],
  ] as const
  const findings: Finding[] = []
  for (const [call, title, path, decode] of parts) {
    const reply = await client.send({ call, method: 'GET', path, priority: 'hot' })
    if (reply.kind !== 'ok') findings.push(findingOf(failureOf(reply, `${title} of ${address}`)))
    else if (decode(reply.json) === undefined) {
      const fix = 'Report it with the answer of Webex, names and numbers taken out.'
      findings.push({
        level: 'error',
        text: `${title} of ${address} came in a form that is not understood.`,
        fix,
      })
    }
  }
  return findings.length > 0 ? findings : [{ level: 'ok', text: 'Calls and do not disturb can be read.' }]
}

function syncFindings(on: boolean | undefined, teamsSync: ConnectorContext['teamsSync']): Finding[] {
  if (on === undefined) {
    const text = `Whether Webex keeps presence in step with Teams itself (${syncField}) cannot be read.`
    const fix =
      'Give the Service App the scope spark-admin:telephony_config_read; on Webex for Government it does not exist.'
    return [{ level: 'info', text, fix }]
  }
  const problem = syncProblem(on, teamsSync, syncWords)
  if (problem) return [{ level: 'warning', ...problem }]
  return [
    {
      level: 'ok',
      text: `Webex's own sync with Teams (${syncField}) is ${on ? 'on' : 'off'}, as it should be.`,
    },
  ]
}

async function webhookFindings(
  { url, integration }: Settings,
  context: ConnectorContext,
): Promise<Finding[]> {
  if (!integration) {
    return [
      {
        level: 'info',
        text: 'Calls are polled: no integration is configured to which people could consent.',
      },
    ]
  }
  const obstacle = hookObstacle(context.callbackUrl(), url)
  if (obstacle?.fix) return [{ level: 'info', text: `Webhooks: ${obstacle.text}.`, fix: obstacle.fix }]
  const count = Object.keys(fieldsOf(await context.memory.get('grants'))).length
  const where = context.callbackUrl() ?? 'the address of this connector below /hooks'
  return [
    { level: 'ok', text: `${count} people have consented to webhooks; others can at ${where}/consent.` },
  ]
}

function findingOf(error: unknown): Finding {
  const fix = 'Look into the log of the hub.'
  if (error instanceof ConnectorFailure) return { level: 'error', text: error.message, fix: error.fix ?? fix }
  return { level: 'error', text: 'Webex could not be examined.', fix }
}
