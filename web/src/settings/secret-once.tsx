import {
  Button,
  Input,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from '@fluentui/react-components'
import { useState } from 'react'
import { copyText } from '../live/copy-text.ts'
import { settingsWords } from './settings-words.ts'

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', gap: '8px', paddingTop: '8px' },
  secret: { flex: '1 1 240px', minWidth: 0, fontFamily: 'monospace' },
})

/** A secret that the hub does not tell again. */
export function SecretOnce({ title, secret }: { title: string; secret: string }) {
  const styles = useStyles()
  const said = settingsWords()
  const [copied, setCopied] = useState(false)
  return (
    <MessageBar intent="success" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle>
        <div className={styles.line}>
          <Input readOnly className={styles.secret} aria-label={title} value={secret} />
          <Button onClick={() => void copyText(secret).then(setCopied)}>
            {copied ? said.copied : said.copy}
          </Button>
        </div>
      </MessageBarBody>
    </MessageBar>
  )
}
