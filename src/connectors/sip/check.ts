import type { ConnectorContext, Finding } from '../../core/connector.ts'
import { explainFailure, findingOf } from '../kit/sip/explain.ts'
import { openAgent } from '../kit/sip/open-agent.ts'
import { Subscription } from '../kit/sip/subscription.ts'
import type { SubscriptionEnd } from '../kit/sip/subscription-end.ts'
import type { Answer } from '../kit/sip/transactions.ts'
import type { UserAgent } from '../kit/sip/user-agent.ts'
import type { Settings } from './config.ts'
import { type EventName, packages } from './packages.ts'
import { checkPublishing } from './publish-check.ts'

const answerMs = 8000
const farewellMs = 2000

/**
 * Connects, registers if asked to, watches one extension for a moment in each package, asks whether states may be
 * published, and lets go of everything.
 */
export async function checkConnection(
  settings: Settings,
  context: ConnectorContext,
): Promise<readonly Finding[]> {
  const stop = new AbortController()
  let subscription: Subscription | undefined
  const gone: Answer = { status: 481, reason: 'Subscription Does Not Exist' }
  try {
    const { agent, registration } = await openAgent(settings, context.clock, {
      stopped: stop.signal,
      onNotify: (request) => subscription?.takeNotify(request) ?? gone,
      onMalformed: () => {},
      onDown: () => {},
      onTrouble: () => {},
    })
    const findings: Finding[] = [{ level: 'ok', text: describeWay(settings) }]
    for (const event of settings.events) {
      const end = await new Promise<SubscriptionEnd | 'watched'>((resolve, reject) => {
        subscription = tryPackage(event, { agent, settings, context, resolve, reject })
      })
      findings.push(describeEnd(event, settings, end))
      const farewell = subscription?.farewell()
      subscription?.forget()
      if (farewell) await agent.request(farewell, farewellMs).catch(() => {})
    }
    if (settings.publish) findings.push(await checkPublishing(settings, agent))
    registration?.stop()
    if (registration) await agent.request(registration.farewell(), farewellMs).catch(() => {})
    return findings
  } catch (error) {
    return [findingOf(explainFailure(error, settings))]
  } finally {
    subscription?.forget()
    stop.abort()
  }
}

function tryPackage(
  event: EventName,
  about: {
    readonly agent: UserAgent
    readonly settings: Settings
    readonly context: ConnectorContext
    resolve(end: SubscriptionEnd | 'watched'): void
    reject(error: unknown): void
  },
): Subscription {
  const { settings, agent } = about
  const subscription = new Subscription({
    clock: about.context.clock,
    event,
    accept: packages[event].accept,
    target: `sip:${encodeURIComponent(settings.probe)}@${settings.domain}`,
    subscriber: `sip:${encodeURIComponent(settings.username)}@${settings.domain}`,
    expires: settings.expires,
    async request(request) {
      try {
        return await agent.request(request, answerMs)
      } catch (error) {
        about.reject(error)
        throw error
      }
    },
    onGranted: () => about.resolve('watched'),
    onNotify: () => {},
    onEnd: about.resolve,
  })
  subscription.start()
  return subscription
}

function describeWay({ host, port, transport, register, username }: Settings): string {
  const registered = register ? ` and "${username}" is registered` : ''
  return `${host}:${port} answers over ${transport}${registered}.`
}

function describeEnd(
  event: EventName,
  { probe, username }: Settings,
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
        fix: `Leave ${event} out of events, or switch it on at the PBX.`,
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
        text: `Watching extension ${probe} (${event}) failed${'why' in end ? `: ${end.why}` : ''}.`,
        fix: 'Look in the log of the PBX why it ends the subscription.',
      }
  }
}
