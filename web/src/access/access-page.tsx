import { Button, makeStyles } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons/svg/add'
import { useState } from 'react'
import type { Role } from '../../../src/core/access.ts'
import type { AccountView } from '../../../src/core/accounts-port.ts'
import { AskFirst } from '../frame/ask-first.tsx'
import { DoneNote } from '../frame/done-note.tsx'
import type { PageContext } from '../frame/page-context.ts'
import { PageScroll, PageSection } from '../frame/page-section.tsx'
import { PageEmpty, PageFailed, PageLoading } from '../frame/page-state.tsx'
import { useAnswer } from '../live/use-answer.ts'
import { operates } from '../session/caller-signs.ts'
import { accessWords } from './access-words.ts'
import { AccountDrawer } from './account-drawer.tsx'
import { type AccountAct, AccountLine } from './account-line.tsx'
import { deleteAccount, makeLink, readAccounts, signOutEverywhere, type ToldLink } from './accounts-client.ts'
import { ToldLinkDialog } from './told-link.tsx'
import { useKnownPlaces } from './use-known-places.ts'

const useStyles = makeStyles({
  list: { margin: '12px 0 0', padding: 0, listStyleType: 'none' },
})

const withinTenants: readonly Role[] = ['admin', 'supervisor', 'member']

/** What is open above the list. */
type Open =
  | { readonly what: 'new' }
  | { readonly what: AccountAct; readonly account: AccountView }
  | { readonly what: 'link'; readonly displayName: string; readonly link: ToldLink }

/** Who may sign in, and what they may do. */
export default function AccessPage(context: PageContext) {
  const styles = useStyles()
  const access = accessWords()
  const { tenants, people } = context
  const roles: readonly Role[] = operates(context) ? ['operator', ...withinTenants] : withinTenants
  const [turn, setTurn] = useState(0)
  const [open, setOpen] = useState<Open>()
  const [said, say] = useState<string>()
  const { value: accounts, error } = useAnswer(String(turn), readAccounts)
  const named = accounts?.flatMap(({ grants }) =>
    grants.flatMap((grant) => (grant.role === 'operator' ? [] : [grant.tenant])),
  )
  const known = useKnownPlaces(tenants, named ?? [], people)
  const again = () => setTurn((last) => last + 1)
  const done = (words: string) => {
    setOpen(undefined)
    say(words)
    again()
  }
  return (
    <PageScroll>
      <PageSection title={access.accounts}>
        {said !== undefined && <DoneNote key={said}>{said}</DoneNote>}
        <Button appearance="primary" icon={<AddRegular />} onClick={() => setOpen({ what: 'new' })}>
          {access.add}
        </Button>
        {error && <PageFailed reason={error.message} again={again} />}
        {!accounts && !error && <PageLoading />}
        {accounts?.length === 0 && <PageEmpty>{access.none}</PageEmpty>}
        <ul className={styles.list}>
          {accounts?.map((account) => (
            <AccountLine
              key={account.id}
              {...{ account, known }}
              act={(what) => setOpen({ what, account })}
            />
          ))}
        </ul>
      </PageSection>
      {open && (open.what === 'new' || open.what === 'change') && (
        <AccountDrawer
          {...{ tenants, people, roles }}
          account={open.what === 'change' ? open.account : undefined}
          close={() => setOpen(undefined)}
          done={(displayName, link) => {
            if (!link) return done(access.changed(displayName))
            again()
            setOpen({ what: 'link', displayName, link })
          }}
        />
      )}
      {open && 'account' in open && <Confirm open={open} {...{ setOpen, done, again }} />}
      {open?.what === 'link' && <ToldLinkDialog {...open} close={() => setOpen(undefined)} />}
    </PageScroll>
  )
}

interface ConfirmProps {
  readonly open: Extract<Open, { readonly account: AccountView }>
  setOpen(open: Open | undefined): void
  done(words: string): void
  again(): void
}

/** What is asked for once more before it is done. */
function Confirm({ open: { what, account }, setOpen, done, again }: ConfirmProps) {
  const access = accessWords()
  const { id, displayName } = account
  const close = () => setOpen(undefined)
  if (what === 'remove') {
    const act = async () => {
      await deleteAccount(id)
      done(access.removed(displayName))
    }
    const title = access.removeTitle(displayName)
    return <AskFirst {...{ title, act, close }} text={access.removeText} label={access.remove} />
  }
  if (what === 'signOut') {
    const act = async () => {
      await signOutEverywhere(id)
      done(access.signedOut(displayName))
    }
    const title = access.signOutTitle(displayName)
    return <AskFirst {...{ title, act, close }} text={access.signOutText} label={access.signOut} />
  }
  if (what !== 'newLink') return null
  const act = async () => {
    const link = await makeLink(id)
    again()
    setOpen({ what: 'link', displayName, link })
  }
  const title = access.linkTitle(displayName)
  return <AskFirst {...{ title, act, close }} text={access.newLinkText} label={access.newLink} />
}
