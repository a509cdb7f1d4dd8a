import { Button, Input, makeStyles, Textarea, tokens } from '@fluentui/react-components'
import { KeyRegular } from '@fluentui/react-icons/svg/key'
import { useState } from 'react'
import { words } from '../language/words.ts'
import { FieldFrame, type FieldProps } from './field-frame.tsx'
import { isKept, textOf } from './field-kind.ts'

const useStyles = makeStyles({
  kept: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap', minHeight: '32px' },
  icon: { display: 'flex', color: tokens.colorNeutralForeground3 },
})

/** A secret can be given, replaced and taken out; it is never shown. */
export function SecretField(props: FieldProps) {
  const styles = useStyles()
  const { form: said } = words()
  const { value, form, required, schema, path, change } = props
  const [former, setFormer] = useState(isKept(value) ? value : undefined)
  if (isKept(value)) {
    return (
      <FieldFrame {...props}>
        <div className={styles.kept}>
          <span className={styles.icon}>
            <KeyRegular />
          </span>
          {said.kept}
          {!form.readOnly && (
            <>
              <Button
                size="small"
                onClick={() => {
                  setFormer(value)
                  change('')
                }}
              >
                {said.replace}
              </Button>
              {!required && (
                <Button size="small" onClick={() => change(null)}>
                  {said.remove}
                </Button>
              )}
            </>
          )}
        </div>
      </FieldFrame>
    )
  }
  const write = (next: string) => {
    form.touch(path)
    change(next === '' && former === undefined ? undefined : next)
  }
  const isLong = typeof schema.description === 'string' && schema.description.includes('PEM')
  const shown = { value: textOf(value), readOnly: form.readOnly, autoComplete: 'off', spellCheck: false }
  return (
    <>
      <FieldFrame {...props}>
        {isLong ? (
          <Textarea {...shown} resize="vertical" onChange={(_, { value: next }) => write(next)} />
        ) : (
          <Input
            {...shown}
            type="password"
            autoComplete="new-password"
            onChange={(_, { value: next }) => write(next)}
          />
        )}
      </FieldFrame>
      {former !== undefined && (
        <div>
          <Button size="small" onClick={() => change(former)}>
            {value === null ? said.keepRemoved : said.keepAsItWas}
          </Button>
        </div>
      )}
    </>
  )
}
