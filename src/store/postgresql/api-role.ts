import { StoreFailure } from '../failure.ts'
import type { Session } from './session.ts'

/** What the API reads, and nothing else; sql/0007-rows-of-tenants.pg.sql limits each to tenants. */
const readable = ['history', 'ledger', 'audit', 'memory'] as const

export interface ApiRole {
  readonly role: string
  readonly schema: string
  /** For messages. */
  readonly where: string
}

/**
 * Sees to it that the connection's account can go over to the role, that the role can read what the API reads, and that
 * row level security holds for it. Makes the role, and gives it its rights, where the account may; throws StoreFailure
 * with what somebody else has to say to the server where it may not. Whoever calls holds the lock.
 * https://www.postgresql.org/docs/15/ddl-rowsecurity.html
 */
export async function prepareApiRole(session: Session, wish: ApiRole): Promise<void> {
  const { role, schema } = wish
  const account = String((await session.rows({ text: 'select current_user::text' }))[0]?.[0])
  const missing = `create role ${role} nologin; grant ${role} to ${account}`
  if (!(await isThere(session, role)))
    await orRefuse(() => session.run({ text: `create role "${role}" nologin` }), {
      ...wish,
      ...{ words: `there is no role ${role}`, cure: missing, passing: /^(42710|23505)$/ },
    })
  await requireLimited(session, wish)
  if (!(await canBecome(session, role)))
    await orRefuse(() => session.run({ text: `grant "${role}" to current_user` }), {
      ...wish,
      ...{ words: `the account is no member of the role ${role}`, cure: `grant ${role} to ${account}` },
    })
  if (await lacksRights(session, wish)) {
    const tables = readable.map((table) => `"${schema}".${table}`).join(', ')
    const grants = `grant usage on schema "${schema}" to "${role}"; grant select on ${tables} to "${role}"`
    const refusal = {
      ...wish,
      ...{ words: `the role ${role} may not read what the API reads`, cure: grants },
    }
    await orRefuse(() => session.run({ text: grants }), refusal)
    // Who owns nothing of it is not refused, only warned.
    if (await lacksRights(session, wish)) throw refuse(refusal)
  }
}

async function isThere(session: Session, role: string): Promise<boolean> {
  return (
    (await session.rows({ text: 'select 1 from pg_roles where rolname = $1', values: [role] })).length > 0
  )
}

/** Who sees everything is no limit. */
async function requireLimited(session: Session, { role, schema, where }: ApiRole): Promise<void> {
  const [row] = await session.rows({
    text: `select (bool_or(role.rolsuper or role.rolbypassrls))::integer,
        bool_or(pg_has_role(role.oid, class.relowner, 'usage'))::integer, bool_and(class.relrowsecurity)::integer
      from pg_roles role, pg_class class join pg_namespace space on space.oid = class.relnamespace
      where role.rolname = $1 and space.nspname = $2 and class.relname = any ($3::text[])`,
    values: [role, schema, readable],
  })
  const [passesOver, owns, secured] = row ?? []
  if (passesOver === 1 || owns === 1)
    throw new StoreFailure(
      'failed',
      `${where}: the role ${role} sees the rows of every tenant: it is ${passesOver === 1 ? 'a superuser, or passes over row level security' : 'a member of the role that owns the tables'}. Give store.apiRole the name of one that has no rights of its own`,
    )
  if (secured !== 1)
    throw new StoreFailure(
      'failed',
      `${where}: row level security is off. Say, for each of ${readable.join(', ')}: alter table ${schema}.TABLE enable row level security`,
    )
}

async function canBecome(session: Session, role: string): Promise<boolean> {
  try {
    await session.run({ text: `begin; set local role "${role}"` })
    return true
  } catch (error) {
    if (codeOf(error) === '42501') return false
    throw error
  } finally {
    await session.run({ text: 'rollback' })
  }
}

async function lacksRights(session: Session, { role, schema }: ApiRole): Promise<boolean> {
  const [row] = await session.rows({
    text: `select (has_schema_privilege($1, $2, 'usage')
      and (select bool_and(has_table_privilege($1, format('%I.%I', $2::text, name), 'select'))
        from unnest($3::text[]) name))::integer`,
    values: [role, schema, readable],
  })
  return row?.[0] !== 1
}

interface Refusal {
  readonly where: string
  readonly words: string
  readonly cure: string
  /** Codes of the server that do not matter: another hub was quicker. */
  readonly passing?: RegExp
}

/** Throws StoreFailure where the account has not the right. */
async function orRefuse(act: () => Promise<unknown>, refusal: Refusal): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (refusal.passing?.test(codeOf(error))) return
    if (codeOf(error) === '42501' || codeOf(error) === '0LP01') throw refuse(refusal, error)
    throw error
  }
}

function refuse({ where, words, cure }: Refusal, cause?: unknown): StoreFailure {
  return new StoreFailure(
    'failed',
    `${where}: ${words}, and the account may not change that. Have this said by somebody who may: ${cure}; or take store.apiRole out of the configuration`,
    { cause },
  )
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
