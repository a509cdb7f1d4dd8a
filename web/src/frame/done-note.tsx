import { MessageBar, MessageBarBody, makeStyles } from '@fluentui/react-components'
import { type ReactNode, useLayoutEffect, useRef } from 'react'

const useStyles = makeStyles({ note: { outlineStyle: 'none', flexShrink: 0 } })

/** Says that something was done. What was pressed for it may be gone: the focus goes on here, and a reader aloud says it. */
export function DoneNote({ children }: { children: ReactNode }) {
  const styles = useStyles()
  const note = useRef<HTMLDivElement>(null)
  // Before it can be seen: Escape, pressed at once, is for what the note stands in.
  useLayoutEffect(() => note.current?.focus(), [])
  return (
    <div ref={note} tabIndex={-1} className={styles.note}>
      <MessageBar intent="success" layout="multiline">
        <MessageBarBody>{children}</MessageBarBody>
      </MessageBar>
    </div>
  )
}
