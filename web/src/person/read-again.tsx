import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components'
import { ArrowSyncRegular } from '@fluentui/react-icons/svg/arrow-sync'
import { useState } from 'react'
import type { PersonView } from '../../../src/core/view.ts'
import { DoneNote } from '../frame/done-note.tsx'
import { words } from '../language/words.ts'
import { useSending } from '../session/use-sending.ts'
import { resyncPerson } from './person-client.ts'

/** Has every system of a person read again what it says of them. */
export function ReadAgain({ person }: { person: PersonView }) {
  const { person: said } = words()
  const { busy, refused, send } = useSending()
  const [asked, setAsked] = useState(0)
  const act = async () => {
    await resyncPerson(person)
    setAsked((times) => times + 1)
  }
  return (
    <div>
      <Button size="small" icon={<ArrowSyncRegular />} disabled={busy} onClick={() => send(act)}>
        {said.readAgain}
      </Button>
      {asked > 0 && <DoneNote key={asked}>{said.reading}</DoneNote>}
      {refused !== undefined && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{refused}</MessageBarBody>
        </MessageBar>
      )}
    </div>
  )
}
