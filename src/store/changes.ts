import type { StoreChange } from '../core/ports.ts'
import { StoreFailure } from './failure.ts'

/** The SQL of every change, the same for both stores apart from how a placeholder is spelled. */
export const changeSql = {
  putPresentity:
    'insert into presentity (tenant, id, body) values (?, ?, ?) on conflict (tenant, id) do update set body = excluded.body',
  deletePresentity: 'delete from presentity where tenant = ? and id = ?',
  putLedger: `insert into ledger (tenant, id, presentity, connector, address, slot, is_open, updated_at, body)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (tenant, id) do update set
    presentity = excluded.presentity, connector = excluded.connector, address = excluded.address, slot = excluded.slot,
    is_open = excluded.is_open, updated_at = excluded.updated_at, body = excluded.body`,
  putMemory: `insert into memory (tenant, scope, key, body) values (?, ?, ?, ?)
    on conflict (tenant, scope, key) do update set body = excluded.body`,
  putNewMemory: 'insert into memory (tenant, scope, key, body) values (?, ?, ?, ?)',
  deleteMemory: 'delete from memory where tenant = ? and scope = ? and key = ?',
  putHistory: `insert into history (tenant, presentity, at, policy_version, body) values (?, ?, ?, ?, ?)
    on conflict (tenant, presentity, at) do update set policy_version = excluded.policy_version, body = excluded.body`,
  putPolicyVersion:
    'insert into policy_version (tenant, version, at, author, comment, body) values (?, ?, ?, ?, ?, ?)',
  putAudit: 'insert into audit (tenant, id, at, who, what, about, detail) values (?, ?, ?, ?, ?, ?, ?)',
  deleteHistory: 'delete from history where tenant = ? and presentity = ?',
  deleteClosedLedger: 'delete from ledger where is_open = 0 and tenant = ? and presentity = ?',
} as const

export type ChangeName = keyof typeof changeSql

/** A change as the statement's name and its values: cheap to hand to a thread, and the caller's objects stay his. */
export type PackedChange = readonly [name: ChangeName, ...values: (string | number)[]]

/** Packs one change; throws StoreFailure `invalid` for what one of the stores could not keep as it is. */
export function packChange(change: StoreChange): PackedChange {
  if ('put' in change) {
    switch (change.put) {
      case 'presentity':
        return [
          'putPresentity',
          text('tenant', change.tenant),
          text('id', change.id),
          text('body', change.body),
        ]
      case 'memory':
      case 'newMemory': {
        const { tenant, scope, key, body } = change
        const name = change.put === 'memory' ? 'putMemory' : 'putNewMemory'
        return [name, ...texts({ tenant, scope, key, body })]
      }
      case 'ledger': {
        const { tenant, id, presentity, connector, address, slot, open, updatedAt, body } = change.entry
        if (!Number.isSafeInteger(updatedAt))
          throw invalid('ledger.updatedAt', 'is no whole number of milliseconds')
        if (typeof open !== 'boolean') throw invalid('ledger.open', 'is neither true nor false')
        return [
          'putLedger',
          text('tenant', tenant),
          text('id', id),
          text('presentity', presentity),
          text('connector', connector),
          text('address', address),
          text('slot', slot),
          open ? 1 : 0,
          updatedAt,
          text('body', body),
        ]
      }
      default:
        return packArchived(change)
    }
  } else if (change.delete === 'presentity') {
    return ['deletePresentity', ...texts({ tenant: change.tenant, id: change.id })]
  } else if (change.delete === 'memory') {
    return ['deleteMemory', ...texts({ tenant: change.tenant, scope: change.scope, key: change.key })]
  } else if (change.delete === 'history' || change.delete === 'closedLedger') {
    const { tenant, presentity } = change
    const name = change.delete === 'history' ? 'deleteHistory' : 'deleteClosedLedger'
    return [name, ...texts({ tenant, presentity })]
  }
  throw invalid('change', 'names no table of the store')
}

type Archived = Extract<StoreChange, { readonly put: 'history' | 'policyVersion' | 'audit' }>

function packArchived(change: Archived): PackedChange {
  switch (change.put) {
    case 'history': {
      const { tenant, presentity, at, policyVersion, body } = change.row
      const numbers = wholes({ 'history.at': at, 'history.policyVersion': policyVersion })
      return ['putHistory', ...texts({ tenant, presentity }), ...numbers, ...texts({ body })]
    }
    case 'policyVersion': {
      const { tenant, version, at, author, comment, body } = change.row
      const numbers = wholes({ 'policyVersion.version': version, 'policyVersion.at': at })
      return ['putPolicyVersion', ...texts({ tenant }), ...numbers, ...texts({ author, comment, body })]
    }
    case 'audit': {
      const { tenant, id, at, who, what, about, detail } = change.row
      const numbers = wholes({ 'audit.at': at })
      return ['putAudit', ...texts({ tenant, id }), ...numbers, ...texts({ who, what, about, detail })]
    }
    default:
      throw invalid('change', 'names no table of the store')
  }
}

function wholes(fields: Readonly<Record<string, number>>): number[] {
  return Object.entries(fields).map(([name, value]) => {
    if (!Number.isSafeInteger(value)) throw invalid(name, 'is no whole number')
    return value
  })
}

function texts(fields: Readonly<Record<string, string>>): string[] {
  return Object.entries(fields).map(([name, value]) => text(name, value))
}

/** PostgreSQL refuses NUL in text, and half a surrogate pair becomes another character in UTF-8. */
function text(name: string, value: string): string {
  if (typeof value !== 'string') throw invalid(name, 'is no text')
  if (value.includes('\0')) throw invalid(name, 'holds a NUL character')
  if (!value.isWellFormed()) throw invalid(name, 'is no well-formed Unicode')
  return value
}

function invalid(field: string, problem: string): StoreFailure {
  return new StoreFailure('invalid', `A row cannot be stored: ${field} ${problem}. Nothing was written`)
}
