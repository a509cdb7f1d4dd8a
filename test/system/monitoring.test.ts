import { expect, test } from 'vitest'
import { monitoringQueries, seriesIn } from '../support/monitoring.ts'
import { DND, FREE } from './e2e/lab-people.ts'
import { startWorld } from './e2e/world.ts'

/** Of what is not there until something goes wrong or a webhook is configured, of PostgreSQL, of sites, of one hub of several, and of Prometheus itself. */
const notHere = new Set([
  'up',
  'hookswitch_configuration_refused',
  'hookswitch_nats_away',
  'hookswitch_site_link_up',
  'hookswitch_store_away',
  'hookswitch_store_commit_failures_total',
  'hookswitch_store_reconnects_total',
  'hookswitch_webhook_attempts_total',
  'hookswitch_webhook_given_up_total',
])

test('a hub at work exposes every series that alerts and dashboard ask for', async () => {
  const world = await startWorld({ stopped: true })
  try {
    const teams = world.person('anna')
    const phone = world.phone('1001')
    phone.pressDnd(true)
    await world.passUntil(() => teams.shown() === DND, 'Teams to follow', 5_000)
    phone.pressDnd(false)
    await world.passUntil(() => teams.shown() === FREE, 'Teams to follow', 5_000)
    const answer = await fetch(`${world.hub().url}/metrics`)
    const exposed = new Set((await answer.text()).match(/^[a-z0-9_]+(?=[ {])/gm))
    const asked = new Set(monitoringQueries().flatMap(seriesIn))
    expect([...asked].filter((name) => !notHere.has(name) && !exposed.has(name))).toEqual([])
  } finally {
    await world.stop()
  }
})
