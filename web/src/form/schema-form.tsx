import { makeStyles, tokens } from '@fluentui/react-components'
import { type ReactElement, useState } from 'react'
import type { JsonSchema } from '../../../src/core/connector.ts'
import { words } from '../language/words.ts'
import { FieldSpan } from '../words/hub-text.tsx'
import { ChoiceField, ChoicesField, SwitchField } from './choice-fields.tsx'
import { Explanation, FieldFrame, type FieldProps } from './field-frame.tsx'
import { type FieldKind, fieldKind, isRequired, itemsOf, propertiesOf, titleOf } from './field-kind.ts'
import type { FormState } from './form-state.ts'
import { ListFrame, TextsField } from './list-fields.tsx'
import { SecretField } from './secret-field.tsx'
import { LongField, NumberField, TextField } from './text-fields.tsx'
import { WordsField } from './words-field.tsx'

export type Values = Readonly<Record<string, unknown>>

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: '16px', minWidth: 0 },
  more: { '& > summary': { cursor: 'pointer', color: tokens.colorBrandForegroundLink, padding: '4px 0' } },
  inside: { display: 'flex', flexDirection: 'column', gap: '16px', padding: '12px 0 4px' },
})

export interface SchemaFormProps {
  /** Of an object. */
  readonly schema: JsonSchema
  readonly value: Values
  readonly form: FormState
  /** Of the group within the form: `certificate.`; empty for the whole. */
  readonly prefix?: string
  /** Fields that stand in front, beside those that have to be given. */
  readonly front?: readonly string[]
  /** Fields that are drawn elsewhere. */
  readonly without?: readonly string[]
  change(value: Values): void
}

/** The fields of a group, drawn from its JSON Schema: what has to be given first, the rest behind one press. */
export function SchemaForm(props: SchemaFormProps) {
  const { schema, value, form, prefix = '', without = [], change } = props
  const styles = useStyles()
  const fields = propertiesOf(schema).filter(([key]) => !without.includes(key))
  // What is in front stays there while it is filled in or emptied.
  const [first] = useState(
    () =>
      new Set(
        fields
          .filter(([key, field]) => value[key] !== undefined || isFirst(schema, key, field))
          .map(([key]) => key),
      ),
  )
  // Only a whole form has a part behind a press, and only where something is left in front of it.
  const folds = prefix === '' && first.size > 0
  const inFront = !folds ? fields : fields.filter(([key]) => first.has(key))
  const rest = !folds ? [] : fields.filter(([key]) => !first.has(key))
  const draw = ([key, field]: readonly [string, JsonSchema]) => (
    <SchemaField
      key={key}
      name={key}
      path={`${prefix}${key}`}
      schema={field}
      required={isRequired(schema, key, field)}
      value={value[key]}
      form={form}
      change={(next) => {
        const { [key]: _, ...others } = value
        change(next === undefined ? others : { ...others, [key]: next })
      }}
    />
  )
  const [open, setOpen] = useState(false)
  const wrong = rest.some(([key]) => form.problemsAt(`${prefix}${key}`).length > 0)
  return (
    <div className={styles.fields}>
      {inFront.map(draw)}
      {rest.length > 0 && (
        <details
          className={styles.more}
          open={open || wrong}
          onToggle={(event) => setOpen(event.currentTarget.open)}
        >
          <summary>{words().form.more(rest.length)}</summary>
          <div className={styles.inside}>{rest.map(draw)}</div>
        </details>
      )}
    </div>
  )
}

function isFirst(schema: JsonSchema, key: string, field: JsonSchema): boolean {
  return isRequired(schema, key, field) || fieldKind(field) === 'secret'
}

const drawn: Readonly<Record<FieldKind, (props: FieldProps) => ReactElement>> = {
  text: TextField,
  long: LongField,
  secret: SecretField,
  number: NumberField,
  switch: SwitchField,
  choice: ChoiceField,
  choices: ChoicesField,
  texts: TextsField,
  items: ItemsField,
  words: WordsField,
  group: GroupField,
  other: OtherField,
}

/** One field, as its schema says what it is. */
function SchemaField(props: FieldProps) {
  const Drawn = drawn[fieldKind(props.schema)]
  return <Drawn {...props} />
}

const useGroupStyles = makeStyles({
  group: {
    margin: 0,
    padding: '4px 16px 16px',
    minWidth: 0,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  legend: { padding: '0 6px', fontWeight: tokens.fontWeightSemibold },
  hint: { margin: '0 0 12px', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
})

/** Fields that belong together; one that is empty altogether is left out. */
function GroupField({ name, path, schema, value, form, change }: FieldProps) {
  const styles = useGroupStyles()
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>
        <FieldSpan>{titleOf(schema, name)}</FieldSpan>
      </legend>
      {typeof schema.description === 'string' && (
        <p className={styles.hint}>
          <Explanation text={schema.description} />
        </p>
      )}
      <SchemaForm
        schema={schema}
        value={(value ?? {}) as Values}
        form={form}
        prefix={`${path}.`}
        change={(next) => change(Object.keys(next).length === 0 ? undefined : next)}
      />
    </fieldset>
  )
}

function OtherField(props: FieldProps) {
  return (
    <FieldFrame {...props}>
      <span>{words().form.asYaml}</span>
    </FieldFrame>
  )
}

/** A list of groups. */
function ItemsField(props: FieldProps) {
  return (
    <ListFrame {...props} fresh={{}}>
      {(value, path, change) => (
        <SchemaForm
          schema={itemsOf(props.schema)}
          value={(value ?? {}) as Values}
          form={props.form}
          prefix={`${path}.`}
          change={change}
        />
      )}
    </ListFrame>
  )
}
