import { Select, Switch } from '@fluentui/react-components'
import { words } from '../language/words.ts'
import { useChoiceWords } from '../words/hub-text.tsx'
import { CheckGroup } from './check-group.tsx'
import { FieldFrame, type FieldProps } from './field-frame.tsx'
import { choicesOf, itemsOf, textOf } from './field-kind.ts'

export function SwitchField(props: FieldProps) {
  const { schema, value, form, path, change } = props
  const checked = (value ?? schema.default) === true
  return (
    <FieldFrame {...props}>
      <Switch
        checked={checked}
        disabled={form.readOnly}
        onChange={(_, { checked: next }) => {
          form.touch(path)
          change(next === (schema.default ?? false) ? undefined : next)
        }}
      />
    </FieldFrame>
  )
}

/** One of several words. */
export function ChoiceField(props: FieldProps) {
  const { schema, value, form, path, required, change } = props
  const fallback = textOf(schema.default)
  const wordsOf = useChoiceWords()
  return (
    <FieldFrame {...props}>
      <Select
        value={textOf(value)}
        disabled={form.readOnly}
        onChange={(_, { value: next }) => {
          form.touch(path)
          change(next === '' ? undefined : next)
        }}
      >
        {(!required || value === undefined) && (
          <option value="">{fallback === '' ? '' : words().form.usual(wordsOf(fallback).text)}</option>
        )}
        {choicesOf(schema)!.map((word) => (
          <option key={word} value={word} lang={wordsOf(word).lang}>
            {wordsOf(word).text}
          </option>
        ))}
      </Select>
    </FieldFrame>
  )
}

/** Any of several words. */
export function ChoicesField(props: FieldProps) {
  const { schema, value, form, path, change } = props
  const chosen = (Array.isArray(value) ? value : (schema.default ?? [])) as readonly string[]
  const all = choicesOf(itemsOf(schema))!
  const wordsOf = useChoiceWords()
  return (
    <FieldFrame {...props}>
      <CheckGroup
        words={all}
        chosen={chosen}
        labelOf={(word) => wordsOf(word).text}
        isFixed={() => form.readOnly}
        change={(next) => {
          form.touch(path)
          change(next)
        }}
      />
    </FieldFrame>
  )
}
