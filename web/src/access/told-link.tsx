import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
} from '@fluentui/react-components'
import { useState } from 'react'
import { copyText } from '../live/copy-text.ts'
import { useNow } from '../live/now.ts'
import { clockText } from '../words/time.ts'
import { accessWords } from './access-words.ts'
import type { ToldLink } from './accounts-client.ts'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  row: { display: 'flex', gap: '8px', alignItems: 'center' },
  input: { flex: '1 1 0', minWidth: 0 },
})

/** The link of an account, shown once. */
export function ToldLinkDialog(props: { displayName: string; link: ToldLink; close(): void }) {
  const styles = useStyles()
  const access = accessWords()
  const now = useNow()
  const [copied, setCopied] = useState(false)
  const address = location.origin + props.link.path
  return (
    <Dialog open modalType="alert" onOpenChange={(_, { open }) => !open && props.close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{access.linkTitle(props.displayName)}</DialogTitle>
          <DialogContent className={styles.content}>
            {access.linkText(clockText(props.link.until, now))}
            <Field
              label={access.link}
              {...(copied && { validationState: 'success', validationMessage: access.copied })}
            >
              <div className={styles.row}>
                <Input
                  readOnly
                  aria-label={access.link}
                  className={styles.input}
                  value={address}
                  onFocus={({ target }) => target.select()}
                />
                <Button onClick={() => void copyText(address).then(setCopied)}>{access.copy}</Button>
              </div>
            </Field>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={props.close}>
              {access.close}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
