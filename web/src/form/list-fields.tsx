import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons/svg/add'
import { DeleteRegular } from '@fluentui/react-icons/svg/delete'
import type { ReactElement, ReactNode } from 'react'
import { words } from '../language/words.ts'
import { FieldSpan } from '../words/hub-text.tsx'
import type { FieldProps } from './field-frame.tsx'
import { Explanation } from './field-frame.tsx'
import { itemsOf, titleOf } from './field-kind.ts'
import { ProblemSpan } from './problem-span.tsx'
import { SecretField } from './secret-field.tsx'
import { TextField } from './text-fields.tsx'

const useStyles = makeStyles({
  list: {
    margin: 0,
    padding: '4px 16px 16px',
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  legend: { padding: '0 6px', fontWeight: tokens.fontWeightSemibold },
  hint: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  item: { display: 'flex', gap: '8px', alignItems: 'flex-start', minWidth: 0 },
  inside: { flex: '1 1 0', minWidth: 0 },
  wrong: { margin: 0, color: tokens.colorPaletteRedForeground1 },
})

/** A list of texts, or of secrets. */
export function TextsField(props: FieldProps) {
  const items = itemsOf(props.schema)
  const One = items.secret === true ? SecretField : TextField
  return (
    <ListFrame {...props} fresh="">
      {(value, path, change) => (
        <One
          name={words().form.entry}
          path={path}
          schema={items}
          required={false}
          value={value}
          form={props.form}
          change={(next) => change(next ?? '')}
        />
      )}
    </ListFrame>
  )
}

export interface ListFrameProps extends FieldProps {
  /** What a new entry begins with. */
  readonly fresh: unknown
  children(value: unknown, path: string, change: (next: unknown) => void): ReactElement
}

/** The entries of a list, each with what takes it out. */
export function ListFrame({
  name,
  path,
  schema,
  value,
  form,
  fresh,
  change,
  children,
}: ListFrameProps): ReactNode {
  const styles = useStyles()
  const { form: said } = words()
  const list = Array.isArray(value) ? (value as readonly unknown[]) : []
  const title = titleOf(schema, name)
  const put = (next: readonly unknown[]) => {
    form.touch(path)
    change(next.length === 0 ? undefined : next)
  }
  return (
    <fieldset className={styles.list}>
      <legend className={styles.legend}>
        <FieldSpan>{title}</FieldSpan>
      </legend>
      {typeof schema.description === 'string' && (
        <p className={styles.hint}>
          <Explanation text={schema.description} />
        </p>
      )}
      {list.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no name of their own
        <div key={index} className={styles.item}>
          <div className={styles.inside}>
            {children(one, `${path}[${index}]`, (next) => put(list.with(index, next)))}
          </div>
          {!form.readOnly && (
            <Button
              appearance="subtle"
              icon={<DeleteRegular />}
              aria-label={said.removeEntry(index + 1)}
              onClick={() => put(list.toSpliced(index, 1))}
            />
          )}
        </div>
      ))}
      {form.problemsAt(path).map((problem) => (
        <p key={problem.message} role="alert" className={styles.wrong}>
          <ProblemSpan problem={problem} />
        </p>
      ))}
      {!form.readOnly && (
        <div>
          <Button size="small" icon={<AddRegular />} onClick={() => put([...list, fresh])}>
            {said.add}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
