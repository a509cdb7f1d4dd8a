import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseConfig } from '../../config/load.ts'
import { presetIndex } from '../../presets/catalog.ts'
import { registry } from '../registry.ts'
import { labConfig } from './lab-config.ts'
import { labSystems } from './lab-systems.ts'

const places = {
  ...{ controlUrl: 'http://127.0.0.1:1', graphUrl: 'http://127.0.0.1:2', loginUrl: 'http://127.0.0.1:3' },
  ...{ ami: '127.0.0.1:4', sip: '127.0.0.1:5' },
}

/** Addresses as the lab prints them: of some, two with a comma. */
const addressOf = (name: string) => {
  if (/^(freeswitch|fusionpbx|csta|sip)$/.test(name)) return '127.0.0.1:6'
  return /^(salesforce|netsapiens-sip)$/.test(name) ? 'http://127.0.0.1:6,127.0.0.1:7' : 'http://127.0.0.1:6'
}

const configFor = (...asked: readonly string[]) => {
  const systems = Object.fromEntries(asked.map((name) => [name, addressOf(name)]))
  return labConfig({ ...places, systems }, { port: 0, data: '/nowhere' })
}

const names = Object.keys(labSystems)
const idsOf = (text: string) =>
  (parse(text) as { tenants: { connectors: { id: string }[] }[] }).tenants[0]!.connectors.map(({ id }) => id)

test('the demo has a configuration that holds for every two systems', () => {
  for (const [index, one] of names.entries()) {
    for (const other of names.slice(index)) {
      const text = configFor(one, other)
      const about = { file: `${one} and ${other}`, types: registry, presets: presetIndex, env: {} }
      const config = parseConfig(text, about)
      expect(new Set(idsOf(text)).size).toBe(config.tenants[0]!.connectors.length)
    }
  }
}, 60_000)

test('the page of each system says how the demo has it', () => {
  for (const [name, { connector, lamps }] of Object.entries(labSystems)) {
    const { docs } = registry[String(connector('127.0.0.1:6').type)]!.manifest
    const page = lamps ? `docs/connectors/${name}.md` : docs
    expect(readFileSync(new URL(`../../../${page}`, import.meta.url), 'utf8'), page).toMatch(
      new RegExp(`demo --with [^;]*\\b${name}\\b`),
    )
  }
})

test('one of a kind is called by its kind, several by their names; the Asterisk is there where no phone system is asked for', () => {
  expect(idsOf(configFor('3cx'))).toEqual(['teams', 'pbx'])
  expect(idsOf(configFor('3cx', 'salesforce'))).toEqual(['teams', 'pbx', 'crm'])
  expect(idsOf(configFor('webhook', 'salesforce'))).toEqual(['teams', 'pbx', 'webhook', 'salesforce'])
  expect(idsOf(configFor('3cx', 'sip'))).toEqual(['teams', '3cx', 'sip'])
  expect(idsOf(configFor('swyx'))).toEqual(['teams', 'pbx', 'lamps'])
})
