import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  type DialogProps,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from '@fluentui/react-components'
import { type ReactElement, type ReactNode, useState } from 'react'
import { words } from '../language/words.ts'
import { useSending } from '../session/use-sending.ts'
import { Refused } from './refused.tsx'

interface AskFirstProps {
  readonly title: string
  /** What it will do. */
  readonly text: ReactNode
  /** On the button that does it. */
  readonly label: string
  /** On the button that does not; `Cancel` unless given. */
  readonly keep?: string
  /** Opens it. Without one it is open as long as it is there, and `act` is to take it away. */
  readonly trigger?: ReactElement
  /** Why it is refused stays in the dialog. */
  act(): void | Promise<void>
  /** Nothing is to be done. */
  close?(): void
}

/** Says what something will do before it is done. */
export function AskFirst({ title, text, label, keep, trigger, act, close }: AskFirstProps) {
  const [open, setOpen] = useState(trigger === undefined)
  const { busy, refused, send } = useSending()
  const leave = () => {
    if (trigger) setOpen(false)
    close?.()
  }
  const go = () =>
    send(async () => {
      await act()
      if (trigger) setOpen(false)
    })
  const surface = (
    <DialogSurface>
      <DialogBody>
        <DialogTitle>{title}</DialogTitle>
        <DialogContent>
          {text}
          <Refused text={refused} />
        </DialogContent>
        <DialogActions>
          <Button onClick={leave}>{keep ?? words().pages.cancel}</Button>
          <Button appearance="primary" disabled={busy} onClick={go}>
            {label}
          </Button>
        </DialogActions>
      </DialogBody>
    </DialogSurface>
  )
  const how: Pick<DialogProps, 'modalType' | 'open' | 'onOpenChange'> = {
    ...{ modalType: 'alert', open },
    onOpenChange: (_, { open: wanted }) => (wanted ? setOpen(true) : leave()),
  }
  if (!trigger) return <Dialog {...how}>{surface}</Dialog>
  return (
    <Dialog {...how}>
      <DialogTrigger disableButtonEnhancement>{trigger}</DialogTrigger>
      {surface}
    </Dialog>
  )
}
