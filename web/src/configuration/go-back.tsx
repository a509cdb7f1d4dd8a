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
import { words } from '../language/words.ts'

/** Asks before an earlier version is put in force, and says what that does. */
export function GoBack(props: { number: number; whole: boolean; back(): void }) {
  const { versions: said } = words()
  const { number, whole, back } = props
  return (
    <Dialog modalType="alert">
      <DialogTrigger disableButtonEnhancement>
        <Button size="small">{said.backTo(number)}</Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{said.backTitle(number)}</DialogTitle>
          <DialogContent>{whole ? said.backWholeText : said.backText}</DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>{said.cancel}</Button>
            </DialogTrigger>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="primary" onClick={back}>
                {said.backTo(number)}
              </Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
