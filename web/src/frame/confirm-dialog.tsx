import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  MessageBar,
  MessageBarBody,
} from '@fluentui/react-components'
import { words } from '../language/words.ts'
import { useSending } from '../session/use-sending.ts'

interface ConfirmDialogProps {
  readonly title: string
  /** What it will do. */
  readonly text: string
  /** On the button that does it. */
  readonly label: string
  act(): Promise<void>
  close(): void
}

/** Says what will be done before it is. */
export function ConfirmDialog({ title, text, label, act, close }: ConfirmDialogProps) {
  const { busy, refused, send } = useSending()
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>
            {text}
            {refused !== undefined && (
              <MessageBar intent="error" layout="multiline">
                <MessageBarBody>{refused}</MessageBarBody>
              </MessageBar>
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={close}>{words().pages.cancel}</Button>
            <Button appearance="primary" disabled={busy} onClick={() => send(act)}>
              {label}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
