import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
} from '@fluentui/react-components'
import { useState } from 'react'
import { saveFile } from '../live/download.ts'
import { HubText } from '../words/hub-text.tsx'
import { eraseStored, readStored } from './me-client.ts'
import { meWords } from './me-words.ts'
import type { SectionProps } from './section-props.ts'

const useStyles = makeStyles({
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '12px' },
})

/** What is stored about one: to be looked at, saved, and erased. */
export function StoredData({ subject, act }: SectionProps) {
  const styles = useStyles()
  const [stays, setStays] = useState<string>()
  const { stored } = meWords()
  return (
    <>
      <p>{stored.text}</p>
      {stays !== undefined && (
        <p role="status">
          {stored.erased} <HubText>{stays}</HubText>
        </p>
      )}
      <div className={styles.buttons}>
        <Button onClick={() => void act(readStored(subject).then((text) => save(text, subject.person)))}>
          {stored.save}
        </Button>
        <Dialog>
          <DialogTrigger disableButtonEnhancement>
            <Button>{stored.erase}</Button>
          </DialogTrigger>
          <DialogSurface>
            <DialogBody>
              <DialogTitle>{stored.eraseTitle}</DialogTitle>
              <DialogContent>{stored.eraseText}</DialogContent>
              <DialogActions>
                <DialogTrigger disableButtonEnhancement>
                  <Button>{stored.keep}</Button>
                </DialogTrigger>
                <DialogTrigger disableButtonEnhancement>
                  <Button appearance="primary" onClick={() => void act(eraseStored(subject).then(setStays))}>
                    {stored.eraseNow}
                  </Button>
                </DialogTrigger>
              </DialogActions>
            </DialogBody>
          </DialogSurface>
        </Dialog>
      </div>
    </>
  )
}

function save(text: string, person: string): void {
  saveFile(new Blob([text], { type: 'application/json' }), `hookswitch-${person}.json`)
}
