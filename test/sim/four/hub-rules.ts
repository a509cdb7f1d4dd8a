import type { Manifest, WriteSlot } from '../../../src/core/connector.ts'
import type { Policy, Row } from '../../../src/core/policy.ts'
import { defaultPolicy } from '../../../src/core/policy.ts'
import { link } from '../../support/points.ts'
import { teamsManifest, toPresence } from '../pairs.ts'
import type { Table, Wiring } from './wiring.ts'
import { tableOf } from './wiring.ts'
import type { Word } from './words.ts'
import { pairOf, systems } from './words.ts'

/** The wiring of a test as the hub wants to be told. */

function rowsOf(table: Table): Row[] {
  const rows = Object.entries(table).map(([from, to]): Row => {
    const { availability, activity } = toPresence(pairOf(from as Exclude<Word, 'none'>))
    return {
      when: { availability, activity },
      act: 'set',
      state: toPresence(pairOf(to as Exclude<Word, 'none'>)),
    }
  })
  return [...rows, { when: {}, act: 'release' }]
}

export function policyOf(wiring: Wiring): Policy {
  const links = systems.flatMap((from) =>
    systems.flatMap((to) => {
      const table = tableOf(wiring, from, to)
      return table ? [link(from, to, { rows: rowsOf(table) })] : []
    }),
  )
  return { ...defaultPolicy, links }
}

export const registerSettleMs = 5000

function manifest(id: string, kind: Manifest['kind'], words: readonly Exclude<Word, 'none'>[]): Manifest {
  return {
    ...teamsManifest,
    id,
    title: id,
    kind,
    facets: ['dialog', 'presence'],
    states: words.map((word) => toPresence(pairOf(word))),
    addressKind: kind === 'crm' ? 'crmUser' : 'extension',
    transport: 'push',
  }
}

function registerSlot(words: readonly Exclude<Word, 'none'>[], readBack: WriteSlot['readBack']): WriteSlot {
  return {
    slot: 'status',
    states: words.map((word) => toPresence(pairOf(word))),
    neutral: toPresence(pairOf('available')),
    contribution: 'sharedSlot',
    readBack,
    echo: 'value',
    expiry: { kind: 'none' },
    settleMs: registerSettleMs,
  }
}

export const profilesManifest = manifest('profiles', 'pbx', ['dnd', 'call', 'away', 'available'])
export const profilesSlots = [registerSlot(['dnd', 'away', 'available'], 'own')]

export function crm({ crmHasDnd }: Wiring): { manifest: Manifest; slots: readonly WriteSlot[] } {
  const words = ['dnd', 'call', 'busy', 'away', 'available'] as const
  const shown = words.filter((word) => crmHasDnd || word !== 'dnd')
  return {
    manifest: manifest('crm', 'crm', [...shown, 'offline']),
    slots: [registerSlot(shown, 'aggregate')],
  }
}
