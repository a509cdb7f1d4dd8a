import {
  Checkbox,
  FieldContextProvider,
  makeStyles,
  useFieldControlProps_unstable,
} from '@fluentui/react-components'

const useStyles = makeStyles({
  choices: { display: 'flex', flexWrap: 'wrap', columnGap: '12px', border: 0, margin: 0, padding: 0 },
})

/**
 * Any of several words, inside a Field, whose label and hint are those of the group. The boxes do not see the Field: it
 * has an id for one control, and each of them would take it, so that a press on any label reached the first box.
 */
export function CheckGroup<Word extends string>(props: {
  words: readonly Word[]
  chosen: readonly Word[]
  labelOf(word: Word): string
  isFixed?(word: Word): boolean
  /** In the order of `words`. */
  change(chosen: readonly Word[]): void
}) {
  const styles = useStyles()
  const field = useFieldControlProps_unstable<Record<string, string>>({})
  const { words, chosen, labelOf, isFixed, change } = props
  return (
    <fieldset
      className={styles.choices}
      aria-labelledby={field['aria-labelledby']}
      aria-describedby={field['aria-describedby']}
    >
      <FieldContextProvider value={undefined}>
        {words.map((word) => (
          <Checkbox
            key={word}
            label={labelOf(word)}
            disabled={isFixed?.(word) ?? false}
            checked={chosen.includes(word)}
            onChange={(_, { checked }) =>
              change(words.filter((one) => (one === word ? checked === true : chosen.includes(one))))
            }
          />
        ))}
      </FieldContextProvider>
    </fieldset>
  )
}
