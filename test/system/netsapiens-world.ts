import type { NetSapiensConfig } from '../../src/connectors/netsapiens/config.ts'
import { netsapiens } from '../../src/connectors/netsapiens/definition.ts'
import type { ConnectorContext, ConnectorInstance, Publication } from '../../src/core/connector.ts'
import type { Presence } from '../../src/core/presence.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { Faults } from '../../src/lab/faults.ts'
import { type NetSapiensOptions, startNetSapiens } from '../../src/lab/netsapiens/server.ts'
import { Phones } from '../../src/lab/phones.ts'
import { RequestLog } from '../../src/lab/request-log.ts'
import { recordingContext } from '../contract/context.ts'
import { closeAfterEach, follow, withCodes } from './recorded.ts'
import { serveHooks } from './vodia-hooks.ts'

export const domain = 'lab.example'
export const apiKey = 'nsd_correct-horse-battery'
export const sipPassword = 'lab-sip-password'
export const password = 'correct-horse-password'

/** What every person has first at the emulated platform, and what comes after it. */
export const frames = { first: 'Business hours', second: '*' } as const

/** Three people at the emulated platform: 1001 and 1002 are followed, 1003 is another colleague. */
export async function startPlatform(options: Partial<NetSapiensOptions> = {}) {
  const clock = new LabClock()
  const phones = new Phones(clock)
  phones.put({ extension: '1001', displayName: 'Anna Keller', mail: 'anna@contoso.example' })
  phones.put({
    extension: '1002',
    displayName: 'Ben Ortiz',
    mail: 'ben@contoso.example;ben.ortiz@contoso.example',
  })
  phones.put({ extension: '1003', displayName: 'Chiara Moretti' })
  const requests = new RequestLog(clock)
  const faults = new Faults()
  const key = {
    ...{ key: apiKey, scope: 'Office Manager', domain },
    ...{ readonly: false, allowedModels: '*' as const },
  }
  const platform = await startNetSapiens({
    ...{ clock, phones, requests, faults, key, pushEveryMs: 20 },
    ...options,
  })
  const config: NetSapiensConfig = {
    ...{ url: platform.address, domain, apiKey, pollSeconds: 1, rulesSeconds: 5 },
    ...(platform.sip && bySip(platform.sip.address)),
  }
  return { platform, phones, requests, faults, config, clock }
}

/** Do not disturb by as-feature-event, as the device that the emulated platform has for the hub. */
export const bySip = (server: string) => ({
  doNotDisturbBy: 'as-feature-event' as const,
  sip: { server, transport: 'tcp' as const, username: '9000', password: sipPassword, probe: '1001' },
})

/** A publication to the one slot. */
export const toDnd = (act: Publication['act'], state: Presence, address = '1001'): Publication => ({
  ...{ id: `p-${act}`, address, slot: 'dnd', act, state, refresh: false },
})

export const closing = closeAfterEach()

/** The emulated platform with the connector in front of it; `hooks` lets the platform post to it. */
export async function connect(
  options: Partial<NetSapiensOptions> = {},
  change: Partial<NetSapiensConfig> = {},
  more: Pick<ConnectorContext, 'teamsSync'> = {},
) {
  const world = await startPlatform(options)
  closing(() => world.platform.stop())
  const root: { url?: string } = {}
  const { context, ...recording } = recordingContext({ clock: world.clock })
  const withHooks: ConnectorContext = { ...context, ...more, callbackUrl: () => root.url }
  const config: NetSapiensConfig = { ...world.config, ...change }
  const create = (more: Partial<NetSapiensConfig> = {}): ConnectorInstance => {
    const instance = netsapiens.create({ ...config, ...more }, withHooks)
    closing(() => instance.stop())
    return instance
  }
  const { until, legs } = follow(recording, { words: withCodes })
  /** Writes of answer rules that reached the platform. */
  const writes = () =>
    world.requests.since(0).filter(({ method, path }) => method === 'PUT' && /answerrules/.test(path))
  const check = () => netsapiens.check(config, withHooks)
  return {
    /** What the connector remembers over a restart. */
    remembered: (key: string) => context.memory.get(key),
    ...{ ...world, recording, instance: create(), create, until, legs, writes, check, config, root },
  }
}

export async function started(
  options: Partial<NetSapiensOptions> = {},
  change: Partial<NetSapiensConfig> = {},
) {
  const world = await connect(options, change)
  await world.instance.start(['1001', '1002'])
  return world
}

/** Polled so rarely that only what is posted can tell; the hub's callback address is there. */
export async function withHooks(
  options: Partial<NetSapiensOptions> = {},
  change: Partial<NetSapiensConfig> = {},
) {
  const rare = { pollSeconds: 3600, reconcileSeconds: 3600, rulesSeconds: 3600 }
  const world = await connect(options, { ...rare, ...change })
  const hooks = await serveHooks(world.instance)
  closing(() => hooks.stop())
  world.root.url = hooks.url
  return { ...world, hooks }
}
