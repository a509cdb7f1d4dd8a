import { makeStyles, tokens } from '@fluentui/react-components'
import { placeHover } from '../theme/themes.ts'

/** One place in the rail: an icon over its name. */
export const useRailStyles = makeStyles({
  item: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: '2px',
    padding: '8px 0 6px',
    borderRadius: tokens.borderRadiusLarge,
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase100,
    textDecorationLine: 'none',
    color: tokens.colorNeutralForeground2,
    ':hover': { ...placeHover, color: tokens.colorNeutralForeground1 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '@media (max-width: 640px)': { flex: '1 1 0', minWidth: 0 },
  },
  here: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  mark: { color: tokens.colorBrandForeground1 },
  icon: { fontSize: '24px', display: 'flex' },
})
