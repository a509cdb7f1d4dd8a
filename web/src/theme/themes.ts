import {
  type Theme,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
} from '@fluentui/react-components'

/** Fonts that the reader's own system has; nothing is loaded. */
const fontFamilyBase =
  '"Segoe UI", -apple-system, BlinkMacSystemFont, Roboto, "Open Sans", "Noto Sans", "Helvetica Neue", "Liberation Sans", sans-serif'

/** How the pages look, in the colours of Teams. */
export const themes: Record<'light' | 'dark' | 'contrast', Theme> = {
  light: { ...teamsLightTheme, fontFamilyBase },
  dark: { ...teamsDarkTheme, fontFamilyBase },
  contrast: { ...teamsHighContrastTheme, fontFamilyBase },
}
