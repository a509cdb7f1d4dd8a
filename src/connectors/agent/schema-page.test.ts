import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { agentProtocolSchema } from './schema-page.ts'

const page = new URL('../../../docs/agent-protocol.schema.json', import.meta.url)

test('docs/agent-protocol.schema.json is what the door holds frames against (else: npx hookswitch agent-protocol schema > docs/agent-protocol.schema.json)', () => {
  expect(readFileSync(page, 'utf8')).toBe(agentProtocolSchema())
})

test('the page is a schema that any validator can use', () => {
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(page, 'utf8')) as object)
  expect(validate({ type: 'heartbeat' })).toBe(true)
  expect(
    validate({ type: 'observed', seq: 1, observation: { address: '1', facet: { kind: 'dnd', on: true } } }),
  ).toBe(true)
  expect(validate({ type: 'observed', seq: 1, observation: { address: '1', facet: { kind: 'mood' } } })).toBe(
    false,
  )
})
