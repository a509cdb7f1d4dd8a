import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ClipboardTextLtrFilled, ClipboardTextLtrRegular } from '@fluentui/react-icons/svg/clipboard-text-ltr'
import { HeartPulseFilled, HeartPulseRegular } from '@fluentui/react-icons/svg/heart-pulse'
import { PeopleFilled, PeopleRegular } from '@fluentui/react-icons/svg/people'
import { PersonCircleFilled, PersonCircleRegular } from '@fluentui/react-icons/svg/person-circle'
import type { ComponentType } from 'react'
import { words } from '../language/words.ts'
import { type PageName, pageAddress } from './route.ts'

/** Beside the page; on a telephone below it, where the thumb is. */
const useStyles = makeStyles({
  rail: {
    width: '76px',
    flexShrink: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: '4px',
    padding: '4px 0 4px 8px',
    boxSizing: 'border-box',
    '@media (max-width: 640px)': {
      order: 3,
      width: 'auto',
      flexDirection: 'row',
      gap: 0,
      padding: '2px 4px',
      borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
      backgroundColor: tokens.colorNeutralBackground1,
    },
  },
  item: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: '2px',
    padding: '8px 2px 6px',
    borderRadius: tokens.borderRadiusLarge,
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase100,
    textDecorationLine: 'none',
    color: tokens.colorNeutralForeground2,
    ':hover': {
      backgroundColor: tokens.colorNeutralBackground2Hover,
      color: tokens.colorNeutralForeground2Hover,
    },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '@media (max-width: 640px)': { flex: '1 1 0', minWidth: 0 },
  },
  here: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  mark: { color: tokens.colorBrandForeground1 },
  icon: { fontSize: '24px', display: 'flex' },
})

const icons: Record<PageName, readonly [ComponentType, ComponentType]> = {
  board: [PeopleRegular, PeopleFilled],
  health: [HeartPulseRegular, HeartPulseFilled],
  audit: [ClipboardTextLtrRegular, ClipboardTextLtrFilled],
  account: [PersonCircleRegular, PersonCircleFilled],
}

/** The way to the pages that the caller may see. */
export function Rail(props: { pages: readonly PageName[]; here: PageName }) {
  const styles = useStyles()
  const { navigation, names } = words().pages
  return (
    <nav aria-label={navigation} className={styles.rail}>
      {props.pages.map((page) => {
        const here = page === props.here
        const Icon = icons[page][here ? 1 : 0]
        return (
          <a
            key={page}
            href={pageAddress(page)}
            className={mergeClasses(styles.item, here && styles.here)}
            {...(here && { 'aria-current': 'page' as const })}
          >
            <span className={mergeClasses(styles.icon, here && styles.mark)}>
              <Icon />
            </span>
            {names[page]}
          </a>
        )
      })}
    </nav>
  )
}
