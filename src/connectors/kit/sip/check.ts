import type { ConnectorContext, Finding } from '../../../core/connector.ts'
import type { Account } from './account.ts'
import type { EventPackage } from './event-package.ts'
import { explainFailure, findingOf } from './explain.ts'
import { openAgent } from './open-agent.ts'
import { Subscription } from './subscription.ts'
import type { SubscriptionEnd } from './subscription-end.ts'
import type { Answer } from './transactions.ts'
import type { UserAgent } from './user-agent.ts'

const answerMs = 8000
const farewellMs = 2000

export interface CheckOptions {
  readonly account: Account
  readonly clock: ConnectorContext['clock']
  readonly network: ConnectorContext['network']
  /** Extension that is watched for a moment. */
  readonly probe: string
  readonly packages: readonly EventPackage[]
  /** What is tried with the subscription of a package that may be watched. */
  trial?(one: EventPackage, subscription: Subscription): Promise<readonly Finding[]>
  /** What else is asked while the connection is open. */
  further(agent: UserAgent): Promise<readonly Finding[]>
}

/** Connects, registers if asked to, watches one extension for a moment in each package, and lets go of everything. */
export async function checkAccount(options: CheckOptions): Promise<readonly Finding[]> {
  const { account, clock, network, probe, packages, trial, further } = options
  const stop = new AbortController()
  let subscription: Subscription | undefined
  const gone: Answer = { status: 481, reason: 'Subscription Does Not Exist' }
  try {
    const { agent, registration } = await openAgent(account, clock, {
      network,
      stopped: stop.signal,
      onNotify: (request) => subscription?.takeNotify(request) ?? gone,
      onMalformed: () => {},
      onDown: () => {},
      onTrouble: () => {},
    })
    const findings: Finding[] = [{ level: 'ok', text: describeWay(account) }]
    for (const one of packages) {
      const end = await new Promise<SubscriptionEnd | 'watched'>((resolve, reject) => {
        subscription = tryPackage(one, { ...options, agent, resolve, reject })
      })
      findings.push(describeEnd(one, { probe, username: account.username }, end))
      if (end === 'watched' && subscription) findings.push(...((await trial?.(one, subscription)) ?? []))
      const farewell = subscription?.farewell()
      subscription?.forget()
      if (farewell) await agent.request(farewell, farewellMs).catch(() => {})
    }
    findings.push(...(await further(agent)))
    registration?.stop()
    if (registration) await agent.request(registration.farewell(), farewellMs).catch(() => {})
    return findings
  } catch (error) {
    return [findingOf(explainFailure(error, account))]
  } finally {
    subscription?.forget()
    stop.abort()
  }
}

function tryPackage(
  one: EventPackage,
  about: CheckOptions & {
    readonly agent: UserAgent
    resolve(end: SubscriptionEnd | 'watched'): void
    reject(error: unknown): void
  },
): Subscription {
  const { account, agent, probe } = about
  const documents = one.open(probe)
  const subscription = new Subscription({
    clock: about.clock,
    event: one.event,
    accept: one.accept,
    target: `sip:${encodeURIComponent(probe)}@${account.domain}`,
    subscriber: `sip:${encodeURIComponent(account.username)}@${account.domain}`,
    expires: account.expires,
    async request(request) {
      try {
        return await agent.request(request, answerMs)
      } catch (error) {
        about.reject(error)
        throw error
      }
    },
    onGranted: () => about.resolve('watched'),
    onNotify: ({ body, type }) => void documents.take(body.toString('utf8'), type),
    onEnd: about.resolve,
  })
  subscription.start()
  return subscription
}

function describeWay({ host, port, transport, register, username }: Account): string {
  const registered = register ? ` and "${username}" is registered` : ''
  return `${host}:${port} answers over ${transport}${registered}.`
}

function describeEnd(
  { event, otherwise }: EventPackage,
  { probe, username }: { readonly probe: string; readonly username: string },
  end: SubscriptionEnd | 'watched',
): Finding {
  if (end === 'watched') return { level: 'ok', text: `Extension ${probe} can be watched (${event}).` }
  // An account that is no phone itself is the usual case; that the server answers for it is all it can show.
  if (probe === username && (end.kind === 'gone' || (end.kind === 'refused' && end.nobody))) {
    return {
      level: 'info',
      text: `Watching an extension was not tried (${event}): "${username}" is none itself (${end.why}).`,
      fix: 'Set probe to an extension of a person to have it tried.',
    }
  }
  switch (end.kind) {
    case 'unsupported':
      return {
        level: 'error',
        text: `The server does not know the event package ${event} (489 Bad Event).`,
        fix: otherwise,
      }
    case 'refused':
      return {
        level: 'warning',
        text: `Extension ${probe} cannot be watched (${event}): ${end.why}.`,
        fix: `${end.fix} If ${probe} is no phone, set probe to an extension of a person.`,
      }
    default:
      return {
        level: 'error',
        text:
          'why' in end
            ? `Watching extension ${probe} (${event}) failed: ${end.why}.`
            : `Watching extension ${probe} (${event}) failed.`,
        fix: 'Look in the log of the PBX why it ends the subscription.',
      }
  }
}
