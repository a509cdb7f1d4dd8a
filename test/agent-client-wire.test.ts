import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type * as wire from '../src/agent-client/wire.ts'
import { decodeFrame } from '../src/connectors/agent/decode.ts'
import type { AgentFrame } from '../src/connectors/agent/frame-schema.ts'
import type { HubFrame } from '../src/connectors/agent/hub-frame-schema.ts'

type Fixed<Thing> = Thing extends readonly (infer Item)[]
  ? readonly Fixed<Item>[]
  : Thing extends object
    ? { readonly [Key in keyof Thing]: Fixed<Thing[Key]> }
    : Thing

/** Held by the compiler: a frame that only one of the two knows does not pass. */
const said = (frame: wire.AgentFrame): Fixed<AgentFrame> => frame
const heard = (frame: Fixed<HubFrame>): wire.HubFrame => frame

test('the client says only what the schema of the hub takes, and understands all that the hub says', () => {
  const frames: readonly wire.AgentFrame[] = [
    {
      type: 'hello',
      protocol: 1,
      agent: 'site',
      session: '12345678',
      token: 't',
      addresses: ['1'],
      program: 'p',
    },
    { type: 'heartbeat' },
    { type: 'bye' },
    {
      ...{ type: 'snapshot', seq: 1, addresses: ['1'] },
      observations: [
        { address: '1', facet: { kind: 'registration', registered: true } },
        { address: '1', facet: { kind: 'presence', state: 'away/away', chosen: 'yes', outOfOffice: false } },
      ],
    },
    {
      type: 'observed',
      seq: 2,
      observation: { address: '1', facet: { kind: 'dnd', on: true, origin: 'person' } },
    },
    { type: 'outcome', seq: 3, publication: 'p', kind: 'deferred', reason: 'busy', retryAfterMs: 5 },
    { type: 'directory', seq: 4, id: 'l', more: false, entries: [{ address: '1', mails: [], shared: true }] },
  ]
  for (const frame of frames) expect(decodeFrame(said(frame))).toEqual({ value: frame })
  expect(heard({ type: 'alive' })).toEqual({ type: 'alive' })
})

test('the client package depends on nothing: it imports its own files only', () => {
  const folder = new URL('../src/agent-client/', import.meta.url)
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  expect(sources.length).toBeGreaterThan(2)
  for (const name of sources) {
    const imports = [...readFileSync(new URL(name, folder), 'utf8').matchAll(/from '([^']+)'/g)]
    expect(imports.map(([, from]) => from!).filter((from) => !/^\.\/[a-z-]+\.ts$/.test(from))).toEqual([])
  }
})
