import type { ConnectorContext, Finding } from '../../core/connector.ts'
import { presenceName } from '../../core/presence.ts'
import { UnknownValues } from '../kit/unknown-values.ts'
import { Api, asConnectorFailure, type Usage } from './api.ts'
import { outcomeTopic } from './commands.ts'
import type { Settings } from './config.ts'
import { asFailure } from './failures.ts'
import { PubSub } from './pub-sub.ts'
import { type CrmUser, listAll, listUsers } from './queries.ts'
import { StatusBook } from './statuses.ts'
import { eventsTrouble, packageTrouble } from './topic-troubles.ts'

const ok = (text: string): Finding => ({ level: 'ok', text })
const info = (text: string, fix?: string): Finding => ({
  level: 'info',
  text,
  ...(fix !== undefined && { fix }),
})

const rotation: Finding = {
  level: 'warning',
  text: 'Salesforce gives a new refresh token with each sign-in and ends the former one; here the new one cannot be kept.',
  fix: 'Try the connection in the hub instead, which keeps it, and sign in once more: this trial has used the token up. Or switch refresh token rotation off in the policies of the app.',
}

/** Signs in, looks at statuses, agents, users, change events and the package, and leaves. Never throws. */
export async function checkOrganisation(
  settings: Settings,
  context: ConnectorContext,
): Promise<readonly Finding[]> {
  const api = new Api(settings, context)
  const bus = new PubSub(settings.pubSubUrl, context)
  try {
    const site = await api.session.site()
    const { statuses, presences } = await listAll(api)
    if (statuses.kind !== 'ok') throw asFailure(statuses, 'the presence statuses')
    if (presences.kind !== 'ok') throw asFailure(presences, 'the presence of agents')
    const users = await listUsers(api)
    if (users.kind !== 'ok') throw asFailure(users, 'the users')
    const book = new StatusBook(settings, new UnknownValues(context))
    book.learn(statuses.items)
    const trial = { settings, api, bus }
    return [
      ok(`Signed in at ${new URL(site.instanceUrl).host}, organisation ${site.orgId}.`),
      ok(`${presences.items.length} agents are signed in to Omni-Channel now.`),
      ...(site.losesToken ? [rotation] : []),
      ...userFindings(users.items),
      ...statusFindings(book, settings),
      ...usageFindings(api.usage),
      ...(await topicFindings(trial)),
    ]
  } catch (error) {
    const { message, fix = 'Look at the network between this machine and Salesforce, and try again.' } =
      asConnectorFailure(error)
    return [{ level: 'error', text: message, fix }]
  } finally {
    api.close()
    bus.close()
  }
}

function userFindings(users: readonly CrmUser[]): Finding[] {
  const active = users.filter((user) => user.active)
  if (active.length === 0) {
    const fix = 'Give it the permission View All Users.'
    return [{ level: 'error', text: 'The integration user sees no active user.', fix }]
  }
  const federated = active.filter(({ federationId }) => federationId?.includes('@')).length
  return [
    ok(`${active.length} active users, ${federated} of them with a user principal name as federation id.`),
  ]
}

function statusFindings(book: StatusBook, { writeStatus }: Settings): Finding[] {
  const [missing, strange, replaced] = [book.missing(), book.strange(), book.replaced()]
  const findings = [ok(`${book.size} presence statuses.`)]
  if (missing.length > 0) {
    const text = `statuses: the organisation has no ${missing.join(', ')}.`
    findings.push({ level: 'warning', text, fix: 'Write the developer name or the label as it is in Setup.' })
  }
  if (strange.length > 0) {
    const text = `By its words it is not known what ${strange.join(', ')} means; it counts as Busy or Available.`
    findings.push(info(text, 'Name it in the setting statuses.'))
  }
  if (!writeStatus || replaced.length === 0) return findings
  const words = replaced.map(({ state, by }) => `${presenceName(state)} as ${by?.label ?? 'nothing'}`)
  findings.push(info(`Without a status of its own is written: ${words.join(', ')}.`))
  return findings
}

function usageFindings(usage: Usage | undefined): Finding[] {
  if (!usage || usage.used < usage.limit * 0.8) return []
  const text = `${usage.used} of the ${usage.limit} API requests of these 24 hours are used.`
  return [{ level: 'warning', text, fix: 'Raise reconcileSeconds, or look at what else uses the API.' }]
}

interface Trial {
  readonly settings: Settings
  readonly api: Api
  readonly bus: PubSub
}

async function topicFindings({ settings, api, bus }: Trial): Promise<Finding[]> {
  const site = await api.session.site()
  const tried = async (topic: string, trouble: typeof eventsTrouble, good: string): Promise<Finding> => {
    try {
      await bus.topic(topic, site)
      return ok(good)
    } catch (error) {
      const { text, fix } = trouble(error instanceof Error ? error.message : String(error), error)
      return { level: 'warning', text, fix }
    }
  }
  const changes = await tried(settings.channel, eventsTrouble, 'Change events of presence are offered.')
  if (!settings.writeStatus) return [changes]
  return [changes, await tried(outcomeTopic, packageTrouble, 'The package of Hookswitch is deployed.')]
}
