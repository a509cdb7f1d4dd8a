import { Field, Radio, RadioGroup } from '@fluentui/react-components'
import type { CallsAs } from '../../../src/core/policy.ts'
import { chooseCalls } from './me-client.ts'
import { meWords } from './me-words.ts'
import type { SectionProps } from './section-props.ts'

type Choice = CallsAs | 'rules'
const choices: readonly Choice[] = ['rules', 'inACall', 'busy', 'nothing']

/** How calls are shown in Teams, where the tenant leaves that to people. */
export function CallsChoice({ chosen, subject, act }: SectionProps & { chosen: Choice }) {
  const { calls } = meWords()
  return (
    <Field label={calls.title}>
      <RadioGroup value={chosen} onChange={(_, { value }) => void act(chooseCalls(subject, value as Choice))}>
        {choices.map((choice) => (
          <Radio key={choice} value={choice} label={calls[choice]} />
        ))}
      </RadioGroup>
    </Field>
  )
}
