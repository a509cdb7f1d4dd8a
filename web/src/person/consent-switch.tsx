import { Switch } from '@fluentui/react-components'
import { useState } from 'react'
import type { PersonView } from '../../../src/core/view.ts'
import { Refused } from '../frame/refused.tsx'
import { useAnswer } from '../live/use-answer.ts'
import { useSending } from '../session/use-sending.ts'
import { readPersonConsent, switchPerson } from './person-client.ts'
import { personPageWords } from './person-page-words.ts'

/** Where people opt in: whether this one has. */
export function ConsentSwitch({ person }: { person: PersonView }) {
  const said = personPageWords()
  const { value } = useAnswer(person.id, (signal) => readPersonConsent(person, signal))
  const [now, setNow] = useState<boolean>()
  const { busy, refused, send } = useSending()
  if (value?.mode !== 'optIn') return null
  return (
    <div>
      <Switch
        label={said.optedIn}
        disabled={busy}
        checked={now ?? value.agreed}
        onChange={(_, { checked }) => send(async () => setNow((await switchPerson(person, checked)).agreed))}
      />
      <Refused text={refused} />
    </div>
  )
}
