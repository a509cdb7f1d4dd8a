import type { Theme } from '@fluentui/react-components'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { themes } from './themes.ts'

export const themeChoices = ['system', 'light', 'dark', 'contrast'] as const
export type ThemeChoice = (typeof themeChoices)[number]

const storageKey = 'hookswitch.theme'

export interface ThemeState {
  readonly theme: Theme
  readonly choice: ThemeChoice
  choose(choice: ThemeChoice): void
}

/** The theme to show, what was chosen, and how to choose. The choice is kept by the browser. */
export function useTheme(): ThemeState {
  const [choice, setChoice] = useState(readChoice)
  const dark = useMedia('(prefers-color-scheme: dark)')
  const contrast = useMedia('(forced-colors: active), (prefers-contrast: more)')
  const wished = contrast ? 'contrast' : dark ? 'dark' : 'light'
  const shown = choice === 'system' ? wished : choice
  // What the browser draws itself (scroll bars, the calendar of a date field) goes with it.
  useEffect(() => {
    document.documentElement.style.colorScheme = shown === 'light' ? 'light' : 'dark'
  }, [shown])
  return {
    theme: themes[shown],
    choice,
    choose(next) {
      localStorage.setItem(storageKey, next)
      setChoice(next)
    },
  }
}

function readChoice(): ThemeChoice {
  const kept = localStorage.getItem(storageKey)
  return themeChoices.find((choice) => choice === kept) ?? 'system'
}

/** Follows a media query. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
  )
}
