import { Button, Field, Input, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import type { Role } from '../../../src/core/access.ts'
import type { AccountView } from '../../../src/core/accounts-port.ts'
import type { PersonView } from '../../../src/core/view.ts'
import { Refused } from '../frame/refused.tsx'
import { SideDrawer } from '../frame/side-drawer.tsx'
import { useSending } from '../session/use-sending.ts'
import { accessWords } from './access-words.ts'
import { changeAccount, createAccount, type ToldLink } from './accounts-client.ts'
import { draftOf, type GrantDraft, GrantFields, grantOf } from './grant-fields.tsx'
import { useKnownPlaces } from './use-known-places.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '14px', paddingBottom: '24px' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  heading: { margin: 0 },
})

interface AccountDrawerProps {
  /** Undefined for a new one. */
  readonly account: AccountView | undefined
  readonly tenants: readonly string[]
  readonly people: ReadonlyMap<string, PersonView> | undefined
  readonly roles: readonly Role[]
  close(): void
  /** `link` of a new account. */
  done(displayName: string, link: ToldLink | undefined): void
}

/** An account and its rights, new or to be changed. */
export function AccountDrawer({ account, tenants, people, roles, close, done }: AccountDrawerProps) {
  const styles = useStyles()
  const access = accessWords()
  /** The least that there is. */
  const fresh = (key: number): GrantDraft => {
    return { key, role: 'member', tenant: tenants[0] ?? '', groups: '', person: '' }
  }
  const [name, setName] = useState('')
  const [displayName, setDisplayName] = useState(account?.displayName ?? '')
  const [drafts, setDrafts] = useState(() => account?.grants.map(draftOf) ?? [fresh(0)])
  const { busy, refused, send } = useSending()
  const known = useKnownPlaces(
    tenants,
    drafts.map(({ tenant }) => tenant),
    people,
  )
  const whole =
    displayName.trim() !== '' &&
    (account !== undefined || name.trim() !== '') &&
    drafts.every(({ role, person }) => role !== 'member' || person.trim() !== '')
  const title = account ? `${access.change}: ${account.displayName}` : access.add
  const submit = () =>
    send(async () => {
      const wish = { displayName: displayName.trim(), grants: drafts.map(grantOf) }
      const link = account
        ? await changeAccount(account.id, withoutSame(wish, account))
        : await createAccount({ ...wish, name: name.trim() })
      done(wish.displayName, link ?? undefined)
    })
  return (
    <SideDrawer title={title} close={close}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (whole) submit()
        }}
      >
        {!account && (
          <Field label={access.name} hint={access.nameHint} required>
            <Input autoComplete="off" value={name} onChange={(_, { value }) => setName(value)} />
          </Field>
        )}
        <Field label={access.displayName} required>
          <Input autoComplete="off" value={displayName} onChange={(_, { value }) => setDisplayName(value)} />
        </Field>
        <h3 className={styles.heading}>{access.rights}</h3>
        {drafts.length === 0 && <p>{access.noRight}</p>}
        {drafts.map((draft, index) => (
          <GrantFields
            key={draft.key}
            {...{ draft, roles, known }}
            place={index + 1}
            change={(next) => setDrafts(drafts.map((one) => (one.key === next.key ? next : one)))}
            remove={() => setDrafts(drafts.filter((one) => one.key !== draft.key))}
          />
        ))}
        <div>
          <Button
            size="small"
            onClick={() => setDrafts([...drafts, fresh(Math.max(0, ...drafts.map(({ key }) => key)) + 1)])}
          >
            {access.addRight}
          </Button>
        </div>
        {account && <p>{access.signedOutBySaving}</p>}
        <Refused text={refused} />
        <div className={styles.buttons}>
          <Button type="submit" appearance="primary" disabled={busy || !whole}>
            {account ? access.save : access.create}
          </Button>
          <Button onClick={close}>{access.cancel}</Button>
        </div>
      </form>
    </SideDrawer>
  )
}

type Wish = Parameters<typeof createAccount>[0]

/** Rights that stay as they are are not sent: sending them would sign the account out. */
function withoutSame({ displayName, grants }: Omit<Wish, 'name'>, account: AccountView) {
  const same = JSON.stringify(grants) === JSON.stringify(account.grants)
  return same ? { displayName } : { displayName, grants }
}
