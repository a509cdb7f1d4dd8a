import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import type { Grant, Role } from '../../../src/core/access.ts'
import { splitCommas } from '../form/comma-field.tsx'
import { words } from '../language/words.ts'
import { accessWords } from './access-words.ts'
import { checkGrant, type KnownPlaces } from './grant-check.ts'

const useStyles = makeStyles({
  grant: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    padding: '12px',
    margin: 0,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    minWidth: 0,
  },
  head: { display: 'flex', justifyContent: 'space-between', alignItems: 'center' },
  wrong: { margin: 0, color: tokens.colorPaletteDarkOrangeForeground1 },
})

/** A right while it is written: every field that some role has. */
export interface GrantDraft {
  /** Tells it from the others. */
  readonly key: number
  readonly role: Role
  readonly tenant: string
  /** As typed, parted by commas. */
  readonly groups: string
  readonly person: string
}

export function draftOf(grant: Grant, key: number): GrantDraft {
  const groups = grant.role === 'supervisor' ? (grant.groups ?? []).join(', ') : ''
  const person = grant.role === 'member' ? grant.person : ''
  return { key, role: grant.role, tenant: grant.role === 'operator' ? '' : grant.tenant, groups, person }
}

export function grantOf({ role, tenant, groups, person }: GrantDraft): Grant {
  if (role === 'operator') return { role }
  if (role === 'admin') return { role, tenant }
  if (role === 'member') return { role, tenant, person: person.trim().toLowerCase() }
  const named = splitCommas(groups)
  return named.length > 0 ? { role, tenant, groups: named } : { role, tenant }
}

interface GrantFieldsProps {
  readonly draft: GrantDraft
  /** From 1. */
  readonly place: number
  readonly roles: readonly Role[]
  readonly known: KnownPlaces
  change(draft: GrantDraft): void
  remove(): void
}

/** One right: a role and where it holds, with what is wrong about it while it is written. */
export function GrantFields({ draft, place, roles, known, change, remove }: GrantFieldsProps) {
  const styles = useStyles()
  const access = accessWords()
  const { pages } = words()
  const wrong = checkGrant(grantOf(draft), known)
  const tenants = known.tenants.includes(draft.tenant) ? known.tenants : [draft.tenant, ...known.tenants]
  return (
    <fieldset className={styles.grant} aria-label={access.right(place)}>
      <div className={styles.head}>
        <b>{access.right(place)}</b>
        <Button
          size="small"
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label={access.removeRight(place)}
          onClick={remove}
        />
      </div>
      <Field label={access.role} hint={access.roleTexts[draft.role]}>
        <Select value={draft.role} onChange={(_, { value }) => change({ ...draft, role: value as Role })}>
          {roles.map((role) => (
            <option key={role} value={role}>
              {pages.account.roles[role]}
            </option>
          ))}
        </Select>
      </Field>
      {draft.role !== 'operator' && (
        <Field label={access.tenant}>
          <Select value={draft.tenant} onChange={(_, { value }) => change({ ...draft, tenant: value })}>
            {tenants.map((tenant) => (
              <option key={tenant}>{tenant}</option>
            ))}
          </Select>
        </Field>
      )}
      {draft.role === 'supervisor' && (
        <Field
          label={access.groups}
          hint={access.groupsHint((known.groups.get(draft.tenant) ?? []).slice(0, 20).join(', '))}
        >
          <Input value={draft.groups} onChange={(_, { value }) => change({ ...draft, groups: value })} />
        </Field>
      )}
      {draft.role === 'member' && (
        <Field label={access.person} required>
          <Input value={draft.person} onChange={(_, { value }) => change({ ...draft, person: value })} />
        </Field>
      )}
      {wrong !== undefined && (
        <p role="status" className={styles.wrong}>
          {wrong}
        </p>
      )}
    </fieldset>
  )
}
