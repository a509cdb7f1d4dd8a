import { Button } from '@fluentui/react-components'
import type { LinkItem } from '../configuration/configuration-client.ts'
import { AskFirst } from '../frame/ask-first.tsx'
import { linksWords } from './links-words.ts'

/** Asks before a link is taken out, and says what that does. */
export function RemoveLink({ link, remove }: { link: LinkItem; remove(): void }) {
  const said = linksWords()
  return (
    <AskFirst
      title={said.removeTitle(link.from, link.to)}
      text={said.removeText}
      label={said.remove}
      act={remove}
      trigger={<Button>{said.remove}</Button>}
    />
  )
}
