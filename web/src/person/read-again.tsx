import { Button } from '@fluentui/react-components'
import { ArrowSyncRegular } from '@fluentui/react-icons/svg/arrow-sync'
import { useState } from 'react'
import type { PersonView } from '../../../src/core/view.ts'
import { DoneNote } from '../frame/done-note.tsx'
import { Refused } from '../frame/refused.tsx'
import { useSending } from '../session/use-sending.ts'
import { resyncPerson } from './person-client.ts'
import { personPageWords } from './person-page-words.ts'

/** Has every system of a person read again what it says of them. */
export function ReadAgain({ person }: { person: PersonView }) {
  const said = personPageWords()
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
      <Refused text={refused} />
    </div>
  )
}
