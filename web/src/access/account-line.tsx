import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { MoreHorizontalRegular } from '@fluentui/react-icons/svg/more-horizontal'
import { WarningFilled } from '@fluentui/react-icons/svg/warning'
import type { AccountView } from '../../../src/core/accounts-port.ts'
import { useNow } from '../live/now.ts'
import { grantText } from '../session/grant-text.ts'
import { clockText } from '../words/time.ts'
import { accessWords } from './access-words.ts'
import { checkGrant, type KnownPlaces } from './grant-check.ts'

const useStyles = makeStyles({
  line: {
    display: 'flex',
    gap: '12px',
    alignItems: 'flex-start',
    padding: '10px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  parts: {
    flex: '1 1 0',
    minWidth: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1.4fr)',
    gap: '4px 16px',
    overflowWrap: 'anywhere',
    '@media (max-width: 820px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  name: { fontWeight: tokens.fontWeightSemibold },
  aside: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  wrong: { display: 'flex', gap: '6px', color: tokens.colorPaletteDarkOrangeForeground1 },
  icon: { flexShrink: 0, display: 'flex', paddingTop: '2px' },
})

/** What can be done with an account. */
export type AccountAct = 'change' | 'newLink' | 'signOut' | 'remove'
const acts: readonly AccountAct[] = ['change', 'newLink', 'signOut', 'remove']

interface AccountLineProps {
  readonly account: AccountView
  readonly known: KnownPlaces
  act(act: AccountAct): void
}

/** One account: who, how they sign in, what they may do, and which rights do nothing. */
export function AccountLine({ account, known, act }: AccountLineProps) {
  const styles = useStyles()
  const access = accessWords()
  const wrongs = account.grants.flatMap((grant) => checkGrant(grant, known) ?? [])
  return (
    <li className={styles.line}>
      <div className={styles.parts}>
        <div>
          <div className={styles.name}>{account.displayName}</div>
          <div className={styles.aside}>
            {account.name} · <SignsIn account={account} />
          </div>
        </div>
        <div>
          {account.grants.length === 0 && access.noRight}
          {account.grants.map((grant) => (
            <div key={JSON.stringify(grant)}>{grantText(grant)}</div>
          ))}
          {wrongs.map((wrong) => (
            <div key={wrong} className={styles.wrong}>
              <span className={styles.icon}>
                <WarningFilled />
              </span>
              {wrong}
            </div>
          ))}
        </div>
      </div>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button
            appearance="subtle"
            icon={<MoreHorizontalRegular />}
            aria-label={access.more(account.displayName)}
          />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {(account.provider === undefined ? acts : (['signOut'] as const)).map((one) => (
              <MenuItem key={one} onClick={() => act(one)}>
                {access[one]}
              </MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
    </li>
  )
}

function SignsIn({ account: { hasPassword, linkUntil, provider } }: Pick<AccountLineProps, 'account'>) {
  const access = accessWords()
  const now = useNow()
  if (provider !== undefined) return access.byProvider(provider)
  const link =
    linkUntil === undefined || linkUntil <= now ? [] : [access.linkUntil(clockText(linkUntil, now))]
  return [hasPassword ? access.password : access.noPassword, ...link].join(' · ')
}
