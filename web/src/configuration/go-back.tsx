import { Button } from '@fluentui/react-components'
import { AskFirst } from '../frame/ask-first.tsx'
import { words } from '../language/words.ts'

/** Asks before an earlier version is put in force, and says what that does. */
export function GoBack(props: { number: number; whole: boolean; back(): void }) {
  const { versions: said } = words()
  const { number, whole, back } = props
  return (
    <AskFirst
      title={said.backTitle(number)}
      text={whole ? said.backWholeText : said.backText}
      label={said.backTo(number)}
      act={back}
      trigger={<Button size="small">{said.backTo(number)}</Button>}
    />
  )
}
