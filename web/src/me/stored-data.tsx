import { Button, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import { AskFirst } from '../frame/ask-first.tsx'
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
        <AskFirst
          title={stored.eraseTitle}
          text={stored.eraseText}
          label={stored.eraseNow}
          keep={stored.keep}
          act={() => void act(eraseStored(subject).then(setStays))}
          trigger={<Button>{stored.erase}</Button>}
        />
      </div>
    </>
  )
}

function save(text: string, person: string): void {
  saveFile(new Blob([text], { type: 'application/json' }), `hookswitch-${person}.json`)
}
