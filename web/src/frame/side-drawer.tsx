import {
  Button,
  Drawer,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
} from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import type { ReactNode } from 'react'
import { words } from '../language/words.ts'

const useStyles = makeStyles({
  drawer: { maxWidth: '100vw' },
  body: { display: 'flex', flexDirection: 'column', gap: '18px', paddingBottom: '24px' },
})

/** Something in full over the page, from its end; Escape and the cross close it. */
export function SideDrawer(props: {
  title: string
  /** Below the title. */
  under?: ReactNode
  /** Pixels, where there is room. */
  width?: number
  children: ReactNode
  close(): void
}) {
  const styles = useStyles()
  const { title, under, width = 480, children, close } = props
  return (
    <Drawer
      type="overlay"
      position="end"
      open
      onOpenChange={(_, { open }) => !open && close()}
      className={styles.drawer}
      style={{ width }}
      aria-label={title}
    >
      <DrawerHeader>
        <DrawerHeaderTitle
          action={
            <Button
              appearance="subtle"
              icon={<DismissRegular />}
              aria-label={words().person.close}
              onClick={close}
            />
          }
        >
          {title}
        </DrawerHeaderTitle>
        {under}
      </DrawerHeader>
      <DrawerBody className={styles.body}>{children}</DrawerBody>
    </Drawer>
  )
}
