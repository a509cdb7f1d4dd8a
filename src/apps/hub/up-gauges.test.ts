import { expect, test } from 'vitest'
import type { TenantConfig } from '../../config/resolved.ts'
import type { Health } from '../../core/connector.ts'
import { createMetrics } from '../../observe/metrics.ts'
import type { SiteLink } from '../../sites/site-link.ts'
import type { RunningTenant } from './port.ts'
import { tellWhatIsUp } from './up-gauges.ts'

test('tells of each connector and site of the tenants that this hub has whether it is up', async () => {
  const supervisor: { health: Health; waits: boolean } = {
    health: { state: 'starting', since: 0 },
    waits: true,
  }
  const systems = new Map([
    ['pbx', { system: { id: 'pbx' }, supervisor }],
    ['api', { system: { id: 'api' }, supervisor: { health: { state: 'up', since: 0 }, waits: false } }],
  ])
  const connectors = [{ id: 'pbx', site: 'berlin' }, { id: 'door', site: 'berlin' }, { id: 'teams' }]
  const tenant = { config: { id: 't', connectors }, systems } as unknown as RunningTenant
  const tenants = new Map([['t', tenant]])
  let link: SiteLink | undefined
  const metrics = createMetrics({ processMetrics: false })
  tellWhatIsUp(metrics, { tenants, sites: { find: () => link } })
  const told = async () => (await metrics.render()).match(/^hookswitch_(?:connector|site_link)_up\{.*/gm)
  const pbx = 'hookswitch_connector_up{tenant="t",connector="pbx"}'
  const berlin = 'hookswitch_site_link_up{tenant="t",site="berlin"}'

  expect(await told()).toEqual([`${berlin} 0`])
  supervisor.waits = false
  expect(await told()).toEqual([`${pbx} 0`, `${berlin} 0`])
  supervisor.health = { state: 'up', since: 0 }
  link = {} as SiteLink
  expect(await told()).toEqual([`${pbx} 1`, `${berlin} 1`])
  supervisor.health = { state: 'degraded', since: 0 }
  expect(await told()).toEqual([`${pbx} 0`, `${berlin} 1`])
  tenants.delete('t')
  expect(await told()).toBeNull()
})

test('tells of each tenant whether this hub has it: one alone of all that run, one of several of all that are configured', async () => {
  const told = async (parts: Omit<Parameters<typeof tellWhatIsUp>[1], 'sites'>) => {
    const metrics = createMetrics({ processMetrics: false })
    tellWhatIsUp(metrics, { ...parts, sites: { find: () => undefined } })
    return (await metrics.render()).match(/(?<=^hookswitch_tenant_up\{tenant=").*/gm)
  }
  const tenant = { config: { id: 't', connectors: [] }, systems: new Map() } as unknown as RunningTenant
  const tenants = new Map([['t', tenant]])
  expect(await told({ tenants })).toEqual(['t"} 1'])
  const configured = [{ id: 't' }, { id: 'u' }] as unknown as readonly TenantConfig[]
  // It is being begun: not up yet.
  const seat = { configured, isRunning: (id: string) => id === 'u' }
  expect(await told({ tenants, seat })).toEqual(['t"} 0', 'u"} 1'])
})
