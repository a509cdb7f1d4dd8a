import type { WebexConfig } from '../../src/connectors/webex/config.ts'
import { webex } from '../../src/connectors/webex/definition.ts'
import type { ConnectorContext, ConnectorInstance } from '../../src/core/connector.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { Faults } from '../../src/lab/faults.ts'
import { Phones } from '../../src/lab/phones.ts'
import { RequestLog } from '../../src/lab/request-log.ts'
import { startWebex, type WebexOptions } from '../../src/lab/webex/server.ts'
import { recordingContext } from '../contract/context.ts'
import { closeAfterEach, follow } from './recorded.ts'

export const clientSecret = 'correct-horse-battery'
export const refreshToken = 'staple-of-the-service-app'
export const integrationSecret = 'integration-battery'

/** Three people of an organization: 1001 and 1002 are followed, 1003 is another colleague. */
export async function startOrganization(options: Partial<WebexOptions> = {}) {
  const clock = new LabClock()
  const phones = new Phones(clock)
  phones.put({ extension: '1001', displayName: 'Anna Keller', mail: 'anna@contoso.example' })
  phones.put({ extension: '1002', displayName: 'Ben Ortiz', mail: 'ben@contoso.example' })
  phones.put({ extension: '1003', displayName: 'Chiara Moretti' })
  const requests = new RequestLog(clock)
  const faults = new Faults()
  const secrets = { clientSecret, refreshToken, integrationSecret }
  const org = await startWebex({ clock, phones, requests, faults, ...secrets, ...options })
  const { clientId, integrationId } = org.settings
  const config: WebexConfig = {
    ...{ url: org.address, clientId, integrationId, ...secrets, requestsPer30s: 3000 },
    ...{ pollSeconds: 1, dndSeconds: 1 },
  }
  return { org, phones, requests, faults, config, clock }
}

export const closing = closeAfterEach()

/** The emulated organization with the connector in front of it. */
export async function connect(
  options: Partial<WebexOptions> = {},
  change: Partial<WebexConfig> = {},
  more: Pick<ConnectorContext, 'teamsSync'> = {},
) {
  const world = await startOrganization(options)
  closing(() => world.org.stop())
  const root: { url?: string } = {}
  const { context, ...recording } = recordingContext({ clock: world.clock })
  const withHooks: ConnectorContext = { ...context, ...more, callbackUrl: () => root.url }
  const config: WebexConfig = { ...world.config, ...change }
  const open = (own: Partial<WebexConfig> = {}) => {
    const instance: ConnectorInstance = webex.create({ ...config, ...own }, withHooks)
    closing(() => instance.stop())
    return instance
  }
  const { until, legs } = follow(recording)
  return {
    ...{ ...world, recording, until, legs, config, root, context: withHooks },
    instance: open(),
    /** Another instance with the memory of this one, as after a restart. */
    again: open,
    check: () => webex.check(config, withHooks),
  }
}

export async function started(options: Partial<WebexOptions> = {}, change: Partial<WebexConfig> = {}) {
  const world = await connect(options, change)
  await world.instance.start(['1001', '1002'])
  return world
}
