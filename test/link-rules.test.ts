import { expect, test } from 'vitest'
import { planLinks } from '../src/apps/config/link-plan.ts'
import { registry } from '../src/apps/registry.ts'
import type { TenantConfig } from '../src/config/resolved.ts'
import { presets } from '../src/presets/catalog.ts'
import { drawArrow, layOut } from '../web/src/links/diagram-layout.ts'
import {
  differencesOf,
  type Effective,
  effectiveRules,
  ownRowsOf,
  presetOf,
  presetsFor,
  restored,
} from '../web/src/links/link-rules.ts'

const connectors = [
  { id: 'teams', type: 'teams', settings: { entraTenantId: 'a', clientId: 'b', clientSecret: 'c' } },
  { id: 'pbx', type: 'asterisk', settings: { host: 'pbx', username: 'hub', secret: 'secret' } },
  { id: 'lamps', type: 'asterisk', settings: { host: 'pbx', username: 'hub', secret: 'secret' } },
  { id: 'crm', type: 'salesforce', settings: { clientId: 'a', clientSecret: 'b', refreshToken: 'c' } },
]

function planOf(links: TenantConfig['links'], preset?: string) {
  const tenant = { id: 't', connectors, people: [], syncShared: false, links, ...(preset && { preset }) }
  return planLinks(tenant as TenantConfig, registry)
}

const ends = ['teams', 'pbx', 'lamps', 'crm', 'api'].flatMap((from) =>
  ['teams', 'pbx', 'lamps', 'crm'].filter((to) => from !== to).map((to) => ({ from, to })),
)

/** The running link in the terms of the page. */
function running(plan: ReturnType<typeof planOf>, index: number): Effective {
  const { rules } = plan.links[index]!
  const { calls } = rules
  return {
    rows: rules.rows.map(({ when, act, state }) => {
      return { when, act, ...(state && { state: `${state.availability}/${state.activity}` }) }
    }),
    parties: [
      ...(calls.external ? (['external'] as const) : []),
      ...(calls.internal ? (['internal'] as const) : []),
      ...(calls.unknownParty ? (['unknown'] as const) : []),
    ],
    ...{ ringing: calls.ringing, offHook: calls.offHook, queue: calls.queue, starCodes: calls.starCodes },
    ...{ minimumLength: calls.minimumMs / 1000, grace: rules.graceMs / 1000 },
    ...{ manualWins: rules.manualWins, ignoreIdle: rules.ignoreIdle, atEnd: rules.atEnd },
    ...{ clearAvailable: rules.clearAvailable, overSchedule: rules.overSchedule },
  }
}

test.each(Object.keys(presets))('the page shows the rules that run: %s', (preset) => {
  const own = { grace: 9, ringing: true, parties: ['internal'], atEnd: 'clear' } as const
  const silent = { silenceTeams: true, dnd: 'ignore', callsAs: 'busy' } as const
  for (const more of [{}, own, silent]) {
    const links = ends.map((link) => ({ ...link, ...more })) as TenantConfig['links']
    const plan = planOf(links, preset)
    for (const [index, link] of links.entries()) {
      const item = link as { from: string; to: string }
      expect([link.from, link.to, presetOf(plan, item).id]).toEqual([
        ...[link.from, link.to, plan.links[index]!.preset],
      ])
      expect([link.from, link.to, effectiveRules(plan, item)]).toEqual([
        ...[link.from, link.to, running(plan, index)],
      ])
      expect(differencesOf(plan, restored(item))).toEqual([])
    }
  }
})

test('what differs from the preset is told row by row and switch by switch; presets are those of the direction', () => {
  const plan = planOf([])
  const link = {
    ...{ from: 'pbx', to: 'teams', grace: 5, manualWins: true, preset: 'default' },
    table: [{ when: { activity: 'inACall' }, act: 'hold' }],
  }
  expect(differencesOf(plan, link).map(({ key }) => key)).toEqual([0, 1, 2, 'grace'])
  expect(restored(link)).toEqual({ from: 'pbx', to: 'teams', preset: 'default' })
  const own = ownRowsOf(plan, { from: 'pbx', to: 'teams' }).map(({ when }) => when)
  expect(own).toEqual([{ activity: 'inACall' }, { availability: 'doNotDisturb' }, {}])
  const offered = presetsFor(plan, { from: 'crm', to: 'teams' }).map(({ id }) => id)
  expect(offered).toContain('salesforce')
  expect(offered).not.toContain('swyx')
})

test('the two directions of a pair are two lines, however many systems there are', () => {
  for (const count of [2, 3, 5, 8]) {
    const { nodes, width, height } = layOut(count)
    const labels = nodes.flatMap((from) =>
      nodes.filter((to) => to !== from).map((to) => drawArrow(from, to).label),
    )
    const places = new Set(labels.map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`))
    expect(places.size).toBe(labels.length)
    for (const { x, y } of nodes) expect(x > 0 && x < width && y > 0 && y < height).toBe(true)
  }
})
