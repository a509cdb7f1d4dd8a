import { Button, Input, makeStyles, Select } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons/svg/add'
import { DeleteRegular } from '@fluentui/react-icons/svg/delete'
import { useState } from 'react'
import { words } from '../language/words.ts'
import { useChoiceWords } from '../words/hub-text.tsx'
import { FieldFrame, type FieldProps } from './field-frame.tsx'
import { choicesOf, meaningOf, textOf } from './field-kind.ts'

const useStyles = makeStyles({
  rows: { display: 'flex', flexDirection: 'column', gap: '8px' },
  row: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
  word: { flex: '1 1 140px', minWidth: 0 },
})

/** Names of somebody else's, each with what it means. */
export function WordsField(props: FieldProps) {
  const styles = useStyles()
  const { form: said } = words()
  const wordsOf = useChoiceWords()
  const { schema, value, form, path, change } = props
  // As rows, because a name that is half typed may be the same as another's.
  const [rows, setRows] = useState(() => Object.entries((value ?? {}) as Readonly<Record<string, unknown>>))
  const choices = choicesOf(meaningOf(schema)!)!
  const put = (next: typeof rows) => {
    form.touch(path)
    setRows(next)
    const named = next.filter(([name]) => name !== '')
    change(named.length === 0 ? undefined : Object.fromEntries(named))
  }
  return (
    <FieldFrame {...props}>
      <fieldset style={{ border: 0, margin: 0, padding: 0 }} className={styles.rows}>
        {rows.map(([name, meaning], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while it is typed
          <div key={index} className={styles.row}>
            <Input
              className={styles.word}
              value={name}
              aria-label={said.word}
              readOnly={form.readOnly}
              onChange={(_, { value: next }) => put(rows.with(index, [next, meaning]))}
            />
            <Select
              value={textOf(meaning)}
              aria-label={said.meaning}
              disabled={form.readOnly}
              onChange={(_, { value: next }) => put(rows.with(index, [name, next]))}
            >
              {choices.map((word) => (
                <option key={word} value={word} lang={wordsOf(word).lang}>
                  {wordsOf(word).text}
                </option>
              ))}
            </Select>
            {!form.readOnly && (
              <Button
                appearance="subtle"
                icon={<DeleteRegular />}
                aria-label={said.removeEntry(index + 1)}
                onClick={() => put(rows.toSpliced(index, 1))}
              />
            )}
          </div>
        ))}
        {!form.readOnly && (
          <div>
            <Button
              size="small"
              icon={<AddRegular />}
              onClick={() => put([...rows, ['', choices[0]!] as [string, unknown]])}
            >
              {said.add}
            </Button>
          </div>
        )}
      </fieldset>
    </FieldFrame>
  )
}
