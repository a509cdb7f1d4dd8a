import { Field, Select } from '@fluentui/react-components'
import { useState } from 'react'
import { PageScroll } from '../frame/page-section.tsx'
import { PageEmpty } from '../frame/page-state.tsx'
import type { SessionView } from '../session/session-client.ts'
import { MeContent } from './me-content.tsx'
import { meWords } from './me-words.ts'
import { subjectsOf } from './whose.ts'

/** What everyone sees of themselves, and decides for themselves. */
export default function MePage({ session }: { session: SessionView | undefined }) {
  const [chosen, choose] = useState(0)
  const me = meWords()
  const subjects = subjectsOf(session)
  const subject = subjects[chosen] ?? subjects[0]
  if (!subject) return <PageEmpty>{me.nobody}</PageEmpty>
  return (
    <PageScroll>
      {subjects.length > 1 && (
        <Field label={me.asWhom}>
          <Select value={String(chosen)} onChange={(_, { value }) => choose(Number(value))}>
            {subjects.map(({ tenant, person }, index) => (
              <option key={`${tenant} ${person}`} value={index}>{`${person} (${tenant})`}</option>
            ))}
          </Select>
        </Field>
      )}
      <MeContent key={`${subject.tenant} ${subject.person}`} subject={subject} />
    </PageScroll>
  )
}
