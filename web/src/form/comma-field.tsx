import { Field, Input } from '@fluentui/react-components'
import { useState } from 'react'

/** What is written between commas, without what is empty. */
export function splitCommas(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** Several words in one line, parted by commas. */
export function CommaField(props: {
  label: string
  hint?: string
  /** What it begins with. */
  value: readonly string[]
  readOnly?: boolean
  change(words: readonly string[]): void
}) {
  const { label, hint, value, readOnly = false, change } = props
  const [text, setText] = useState(value.join(', '))
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      <Input
        disabled={readOnly}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(_, { value: next }) => {
          setText(next)
          change(splitCommas(next))
        }}
      />
    </Field>
  )
}
