import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from '@fluentui/react-components'
import type { LinkItem } from '../configuration/configuration-client.ts'
import { words } from '../language/words.ts'

/** Asks before a link is taken out, and says what that does. */
export function RemoveLink({ link, remove }: { link: LinkItem; remove(): void }) {
  const { links: said } = words()
  return (
    <Dialog modalType="alert">
      <DialogTrigger disableButtonEnhancement>
        <Button>{said.remove}</Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{said.removeTitle(link.from, link.to)}</DialogTitle>
          <DialogContent>{said.removeText}</DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>{said.cancel}</Button>
            </DialogTrigger>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="primary" onClick={remove}>
                {said.remove}
              </Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
