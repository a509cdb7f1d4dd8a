import { Button, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import type { EraseReport } from '../../../src/core/history-port.ts'
import type { PersonView } from '../../../src/core/view.ts'
import { AskFirst } from '../frame/ask-first.tsx'
import { DoneNote } from '../frame/done-note.tsx'
import { Refused } from '../frame/refused.tsx'
import { useSending } from '../session/use-sending.ts'
import { HubText } from '../words/hub-text.tsx'
import { erasePerson, exportPerson } from './person-client.ts'
import { personPageWords } from './person-page-words.ts'

const useStyles = makeStyles({
  text: { margin: '0 0 12px' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
})

/** What is stored about a person: handed out whole, and the past of it erased. */
export function StoredData({ person }: { person: PersonView }) {
  const styles = useStyles()
  const said = personPageWords()
  const { busy, refused, send } = useSending()
  const [asking, setAsking] = useState(false)
  const [erased, setErased] = useState<EraseReport>()
  return (
    <>
      <p className={styles.text}>{said.storedText}</p>
      {erased && (
        <DoneNote>
          {said.erased(erased.historyRows, erased.closedLedgerRows)} <HubText>{erased.stays}</HubText>
        </DoneNote>
      )}
      <Refused text={refused} />
      <div className={styles.buttons}>
        <Button disabled={busy} onClick={() => send(() => exportPerson(person))}>
          {said.exportData}
        </Button>
        <Button disabled={busy} onClick={() => setAsking(true)}>
          {said.eraseData}
        </Button>
      </div>
      {asking && (
        <AskFirst
          title={said.eraseTitle(person.displayName)}
          text={said.eraseText}
          label={said.eraseData}
          close={() => setAsking(false)}
          act={async () => {
            setErased(await erasePerson(person))
            setAsking(false)
          }}
        />
      )}
    </>
  )
}
