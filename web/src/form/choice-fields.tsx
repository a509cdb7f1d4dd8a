import { Checkbox, makeStyles, Select, Switch } from '@fluentui/react-components'
import { words } from '../language/words.ts'
import { FieldFrame, type FieldProps } from './field-frame.tsx'
import { choicesOf, itemsOf, textOf } from './field-kind.ts'

const useStyles = makeStyles({ choices: { display: 'flex', flexWrap: 'wrap', columnGap: '12px' } })

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
          <option value="">{fallback === '' ? '' : words().form.usual(fallback)}</option>
        )}
        {choicesOf(schema)!.map((word) => (
          <option key={word} value={word}>
            {word}
          </option>
        ))}
      </Select>
    </FieldFrame>
  )
}

/** Any of several words. */
export function ChoicesField(props: FieldProps) {
  const styles = useStyles()
  const { schema, value, form, path, change } = props
  const chosen = (Array.isArray(value) ? value : (schema.default ?? [])) as readonly string[]
  const all = choicesOf(itemsOf(schema))!
  return (
    <FieldFrame {...props}>
      <fieldset style={{ border: 0, margin: 0, padding: 0 }} className={styles.choices}>
        {all.map((word) => (
          <Checkbox
            key={word}
            label={word}
            checked={chosen.includes(word)}
            disabled={form.readOnly}
            onChange={(_, { checked }) => {
              form.touch(path)
              change(all.filter((one) => (one === word ? checked === true : chosen.includes(one))))
            }}
          />
        ))}
      </fieldset>
    </FieldFrame>
  )
}
