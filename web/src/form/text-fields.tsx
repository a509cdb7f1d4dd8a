import { Input, Textarea } from '@fluentui/react-components'
import { FieldFrame, type FieldProps } from './field-frame.tsx'
import { textOf } from './field-kind.ts'
import { exampleOf } from './placeholder.ts'

export function TextField(props: FieldProps) {
  return <LineField {...props} read={(text) => text} />
}

/** One line; `read` makes the value of what is typed. */
function LineField({ read, ...props }: FieldProps & { read(text: string): unknown; decimal?: true }) {
  const { schema, value, form, path, change, decimal } = props
  return (
    <FieldFrame {...props}>
      <Input
        value={textOf(value)}
        placeholder={exampleOf(schema)}
        {...(decimal && { inputMode: 'decimal' as const })}
        readOnly={form.readOnly}
        autoComplete="off"
        spellCheck={false}
        onChange={(_, { value: next }) => {
          form.touch(path)
          change(next === '' ? undefined : read(next))
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
  return <LineField {...props} read={asNumber} decimal />
}

function asNumber(text: string): number | string {
  return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text
}
