import { Field, Input } from '@fluentui/react-components'
import { words } from '../language/words.ts'

const shortest = 12

export interface NewPassword {
  readonly first: string
  readonly again: string
}

export const noPassword: NewPassword = { first: '', again: '' }

/** Whether the hub will take it, as far as that can be told here. */
export function isChosen({ first, again }: NewPassword): boolean {
  return first.length >= shortest && first === again
}

/** A password that is being chosen, twice. */
export function NewPasswordFields({
  value,
  label,
  onChange,
}: {
  value: NewPassword
  /** Of the first field, where it is not simply the password. */
  label?: string
  onChange(next: NewPassword): void
}) {
  const { session: said } = words().pages
  const differs = value.again !== '' && value.again !== value.first
  return (
    <>
      <Field label={label ?? said.password} hint={said.passwordHint(shortest)} required>
        <Input
          type="password"
          autoComplete="new-password"
          value={value.first}
          onChange={(_, { value: first }) => onChange({ ...value, first })}
        />
      </Field>
      <Field
        label={said.passwordAgain}
        required
        {...(differs && ({ validationState: 'error', validationMessage: said.differ } as const))}
      >
        <Input
          type="password"
          autoComplete="new-password"
          value={value.again}
          onChange={(_, { value: again }) => onChange({ ...value, again })}
        />
      </Field>
    </>
  )
}
