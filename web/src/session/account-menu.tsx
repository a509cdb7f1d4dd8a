import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { PersonCircleRegular } from '@fluentui/react-icons/svg/person-circle'
import { words } from '../language/words.ts'
import { type SignedIn, signOut } from './session-client.ts'

/** Who is signed in, and the way out. */
export function AccountMenu(props: { account: SignedIn; signedOut(): void }) {
  const { displayName, name } = props.account
  const { session: said } = words().pages
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          icon={<PersonCircleRegular />}
          aria-label={said.signedInAs(displayName)}
          title={name}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem onClick={() => void signOut().finally(props.signedOut)}>{said.signOut}</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
