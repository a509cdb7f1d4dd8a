import type { FailedEvent, WebhookView } from '../../core/webhook-port.ts'
import { type Command, isSet, type OptionSpec, type Parsed, textOf } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { askHub, findHub, hubOptions, tenantQuery, tokenHelp } from './hub-client.ts'
import { plainLines, utcText } from './terminal-text.ts'

const json: OptionSpec = { type: 'boolean', description: 'The answer of the API as JSON.' }
const webhook: OptionSpec = { type: 'string', value: 'ID', description: 'Of this webhook only.' }

function describeWebhook({ tenant, id, host, waiting, failed, trouble, restsUntil, sentAt }: WebhookView) {
  const parts = [
    `${waiting} waiting, ${failed} given up`,
    sentAt === undefined ? 'nothing sent since the start' : `last sent ${utcText(sentAt)} UTC`,
    ...(trouble === undefined ? [] : [trouble]),
    ...(restsUntil === undefined ? [] : [`tried again ${utcText(restsUntil)} UTC`]),
  ]
  return `${tenant} ${id} (${host}): ${parts.join('; ')}`
}

function describeFailed({ tenant, webhook: id, id: event, person, at, attempts, reason }: FailedEvent) {
  return `${utcText(at)} UTC ${tenant} ${id} ${person} ${event}: ${reason}, ${attempts} attempts`
}

const list: Command = {
  name: 'webhooks list',
  summary: 'Tell who is told of changes by webhook, and what waits.',
  options: { ...hubOptions, json },
  details: `Ends with 1 where a webhook does not take events. ${tokenHelp}`,
  async run(parsed, io) {
    const path = `/api/v1/webhooks${tenantQuery(parsed)}`
    const { webhooks } = (await askHub(findHub(parsed, io), { path }, io)) as {
      readonly webhooks: readonly WebhookView[]
    }
    if (isSet(parsed, 'json')) io.out(`${JSON.stringify(webhooks, null, 2)}\n`)
    else if (webhooks.length === 0) io.out('No outgoing webhook is configured.\n')
    else io.out(plainLines(webhooks.map(describeWebhook)))
    const sound = webhooks.every(({ trouble, failed }) => trouble === undefined && failed === 0)
    return sound ? exitCodes.ok.code : exitCodes.findings.code
  },
}

const failed: Command = {
  name: 'webhooks failed',
  summary: 'List events that were given up after a day, or for want of room.',
  options: { ...hubOptions, webhook, json },
  details: tokenHelp,
  async run(parsed, io) {
    const query = new URLSearchParams(choiceOf(parsed))
    const path = `/api/v1/webhooks/failed${query.size > 0 ? `?${query}` : ''}`
    const { events } = (await askHub(findHub(parsed, io), { path }, io)) as {
      readonly events: readonly FailedEvent[]
    }
    if (isSet(parsed, 'json')) io.out(`${JSON.stringify(events, null, 2)}\n`)
    else io.out(events.length === 0 ? 'None.\n' : plainLines(events.map(describeFailed)))
    return exitCodes.ok.code
  },
}

const replay: Command = {
  name: 'webhooks replay',
  summary: 'Send events again that were given up, with the ids they had.',
  options: { ...hubOptions, webhook },
  positional: { name: 'EVENT', description: 'Id of one event; all where it is left out.', required: false },
  details: `They arrive after what has happened since; receivers tell the order by "sequence". ${tokenHelp}`,
  async run(parsed, io) {
    const [id] = parsed.positionals
    const body = { ...choiceOf(parsed), ...(id !== undefined && { id }) }
    const question = { path: '/api/v1/webhooks/replay', method: 'POST', body } as const
    const { replayed, unanswered = [] } = (await askHub(findHub(parsed, io), question, io)) as Replayed
    io.out(`${replayed} ${replayed === 1 ? 'event is' : 'events are'} on the way again.\n`)
    for (const hub of unanswered) io.err(`The hub ${hub} did not answer: its events are not among them.\n`)
    return unanswered.length === 0 ? exitCodes.ok.code : exitCodes.findings.code
  },
}

/** As POST /webhooks/replay tells. */
interface Replayed {
  readonly replayed: number
  readonly unanswered?: readonly string[]
}

function choiceOf(parsed: Parsed): Record<string, string> {
  const tenant = textOf(parsed, 'tenant')
  const id = textOf(parsed, 'webhook')
  return { ...(tenant !== undefined && { tenant }), ...(id !== undefined && { webhook: id }) }
}

export const webhookCommands: readonly Command[] = [list, failed, replay]
