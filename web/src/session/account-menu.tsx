import {
  Avatar,
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components'
import { type SignedIn, signOut } from './session-client.ts'

/** Who is signed in, and the way out. */
export function AccountMenu(props: { account: SignedIn; signedOut(): void }) {
  const { displayName, name } = props.account
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          icon={<Avatar name={displayName} size={24} aria-hidden />}
          aria-label={`Signed in as ${displayName}`}
          title={name}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem onClick={() => void signOut().finally(props.signedOut)}>Sign out</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
