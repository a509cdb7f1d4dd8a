import { Input, Textarea } from '@fluentui/react-components'
import { FieldFrame, type FieldProps } from './field-frame.tsx'
import { textOf } from './field-kind.ts'
import { exampleOf } from './placeholder.ts'

export function TextField(props: FieldProps) {
  const { schema, value, form, path, change } = props
  return (
    <FieldFrame {...props}>
      <Input
        value={textOf(value)}
        placeholder={exampleOf(schema)}
        readOnly={form.readOnly}
        autoComplete="off"
        spellCheck={false}
        onChange={(_, { value: next }) => {
          form.touch(path)
          change(next === '' ? undefined : next)
        }}
      />
    </FieldFrame>
  )
}

/** Of several lines: a certificate. */
export function LongField(props: FieldProps) {
  const { value, form, path, change } = props
  return (
    <FieldFrame {...props}>
      <Textarea
        value={textOf(value)}
        readOnly={form.readOnly}
        resize="vertical"
        spellCheck={false}
        onChange={(_, { value: next }) => {
          form.touch(path)
          change(next === '' ? undefined : next)
        }}
      />
    </FieldFrame>
  )
}

/** What is no number goes to the hub as it is, and comes back with what is wrong. */
export function NumberField(props: FieldProps) {
  const { schema, value, form, path, change } = props
  return (
    <FieldFrame {...props}>
      <Input
        value={textOf(value)}
        placeholder={exampleOf(schema)}
        inputMode="decimal"
        readOnly={form.readOnly}
        autoComplete="off"
        onChange={(_, { value: next }) => {
          form.touch(path)
          change(next === '' ? undefined : asNumber(next))
        }}
      />
    </FieldFrame>
  )
}

function asNumber(text: string): number | string {
  return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text
}
