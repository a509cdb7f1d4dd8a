import { Field, makeStyles } from '@fluentui/react-components'
import { createElement, type ReactElement } from 'react'
import type { ConfigProblem } from '../../../src/core/config-port.ts'
import type { JsonSchema } from '../../../src/core/connector.ts'
import { titleOf } from './field-kind.ts'
import type { FormState } from './form-state.ts'

/** One field of a form, wherever it stands. */
export interface FieldProps {
  readonly name: string
  /** Within the form: `certificate.key`. */
  readonly path: string
  readonly schema: JsonSchema
  readonly required: boolean
  readonly value: unknown
  readonly form: FormState
  /** Undefined takes it out; null takes a kept secret out. */
  change(value: unknown): void
}

const useStyles = makeStyles({ field: { maxWidth: '560px', overflowWrap: 'anywhere' } })

/** Label, explanation and what is wrong, around one input. The words are the schema's, which are English. */
export function FieldFrame(
  props: Pick<FieldProps, 'name' | 'path' | 'schema' | 'required' | 'form'> & { children: ReactElement },
) {
  const styles = useStyles()
  const { name, path, schema, required, form } = props
  const problems = form.problemsAt(path)
  const { description } = schema
  return (
    <Field
      className={styles.field}
      label={{ children: <span lang="en">{titleOf(schema, name)}</span> }}
      required={required}
      onBlur={() => form.touch(path)}
      {...(typeof description === 'string' && { hint: { children: <Explanation text={description} /> } })}
      {...(problems.length > 0 && {
        validationState: 'error' as const,
        validationMessage: { children: <span lang="en">{problems.map(problemText).join(' ')}</span> },
      })}
    >
      {props.children}
    </Field>
  )
}

/** What stands between backticks is a word of the configuration. */
function Explanation({ text }: { text: string }) {
  const parts = text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? createElement('code', null, part) : part))
  return createElement('span', { lang: 'en' }, ...parts)
}

/** `Must be a whole number. Write 5038.` */
export function problemText({ message, fix }: ConfigProblem): string {
  return [message, fix]
    .flatMap((part) => (part ? [`${part[0]!.toUpperCase()}${part.slice(1).replace(/\.$/, '')}.`] : []))
    .join(' ')
}
