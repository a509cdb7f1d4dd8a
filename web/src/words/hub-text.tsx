import { Children, type ReactNode, useSyncExternalStore } from 'react'
import {
  choiceWords,
  fieldWords,
  type HubWords,
  hasHubWords,
  hubWords,
  watchHubWords,
} from '../language/hub-words.ts'

interface HubTextProps {
  readonly className?: string
  readonly children: ReactNode
}

/** Sentences that the hub wrote: in the language of the page where it knows them, else marked as the hub's English. */
export function HubText({ className, children }: HubTextProps) {
  const { text, lang } = useHubWords(children)
  return (
    <div lang={lang} className={className}>
      {text}
    </div>
  )
}

/** The same within a line. */
export function HubSpan({ className, children }: HubTextProps) {
  const { text, lang } = useHubWords(children)
  return (
    <span lang={lang} className={className}>
      {text}
    </span>
  )
}

/** A label of a setting, as the connector's schema has it. */
export function FieldSpan({ children }: { children: string }) {
  const { text, lang } = useFieldWords(children)
  return <span lang={lang}>{text}</span>
}

/** Texts side by side are one; what is missing is none. */
function useHubWords(children: ReactNode): HubWords {
  useSyncExternalStore(watchHubWords, hasHubWords)
  return hubWords(Children.toArray(children).join('').trim())
}

/** Drawn anew when the words have come. */
export function useFieldWords(text: string): HubWords {
  useSyncExternalStore(watchHubWords, hasHubWords)
  return fieldWords(text)
}

/** For what holds text alone, such as the options of a list and drawings. */
export function useHubPhrases(): (text: string) => string {
  useSyncExternalStore(watchHubWords, hasHubWords)
  return (text) => hubWords(text).text
}

/** The words that a setting is chosen from. */
export function useChoiceWords(): (word: string) => HubWords {
  useSyncExternalStore(watchHubWords, hasHubWords)
  return choiceWords
}
