import { Field, makeStyles } from '@fluentui/react-components'
import { createElement, type ReactElement } from 'react'
import type { ConfigProblem } from '../../../src/core/config-port.ts'
import type { JsonSchema } from '../../../src/core/connector.ts'
import { FieldSpan, useFieldWords } from '../words/hub-text.tsx'
import { titleOf } from './field-kind.ts'
import type { FormState } from './form-state.ts'
import { ProblemSpan } from './problem-span.tsx'

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

/** Label, explanation and what is wrong, around one input. The words are the schema's, in the language of the page. */
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
      label={{ children: <FieldSpan>{titleOf(schema, name)}</FieldSpan> }}
      required={required}
      onBlur={() => form.touch(path)}
      {...(typeof description === 'string' && { hint: { children: <Explanation text={description} /> } })}
      {...(problems.length > 0 && {
        validationState: 'error' as const,
        validationMessage: {
          children: problems.map((problem) => <ProblemSpan key={problem.message} problem={problem} />),
        },
      })}
    >
      {props.children}
    </Field>
  )
}

/** What stands between backticks is a word of the configuration. */
export function Explanation({ text: english }: { text: string }) {
  const { text, lang } = useFieldWords(english)
  const parts = text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? createElement('code', null, part) : part))
  return createElement('span', { lang }, ...parts)
}

/** `Must be a whole number. Write 5038.` */
export function problemText({ message, fix }: ConfigProblem): string {
  return [message, fix]
    .flatMap((part) => (part ? [`${part[0]!.toUpperCase()}${part.slice(1).replace(/\.$/, '')}.`] : []))
    .join(' ')
}
