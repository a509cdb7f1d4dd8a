import {
  type Theme,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
} from '@fluentui/react-components'

/** Fonts that the reader's own system has; nothing is loaded. */
const fontFamilyBase =
  '"Segoe UI", -apple-system, BlinkMacSystemFont, Roboto, "Open Sans", "Noto Sans", "Helvetica Neue", "Liberation Sans", sans-serif'

/** Fluent's themes and what ours have beside them. */
export interface PageTheme extends Theme {
  /** Ground of a line of a list under the pointer, whose texts keep their colours. */
  readonly lineHover: string
  /** The same of a place of the navigation, which stands on a darker ground. */
  readonly placeHover: string
  /** Its edge, where the ground cannot tell. */
  readonly lineHoverEdge: string
}

const onGround = (theme: Theme) => {
  const { colorNeutralBackground1Hover: lineHover, colorNeutralBackground2Hover: placeHover } = theme
  return { lineHover, placeHover, lineHoverEdge: 'transparent' }
}

/** How the pages look, in the colours of Teams. */
export const themes: Record<'light' | 'dark' | 'contrast', PageTheme> = {
  light: { ...teamsLightTheme, fontFamilyBase, ...onGround(teamsLightTheme) },
  dark: { ...teamsDarkTheme, fontFamilyBase, ...onGround(teamsDarkTheme) },
  contrast: {
    ...teamsHighContrastTheme,
    fontFamilyBase,
    // There the ground of what is pointed at is a light blue, meant for black text; chips, signs and icons in it stay white.
    lineHover: teamsHighContrastTheme.colorNeutralBackground1,
    placeHover: teamsHighContrastTheme.colorNeutralBackground2,
    lineHoverEdge: '#1aebff',
  },
}

/** A line of a list under the pointer. */
export const lineHover = {
  backgroundColor: 'var(--lineHover)',
  boxShadow: 'inset 0 0 0 1px var(--lineHoverEdge)',
} as const

/** A place of the navigation under the pointer. */
export const placeHover = { ...lineHover, backgroundColor: 'var(--placeHover)' } as const
