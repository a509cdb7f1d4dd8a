import {
  Menu,
  MenuItemLink,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  mergeClasses,
} from '@fluentui/react-components'
import { MoreHorizontalRegular } from '@fluentui/react-icons/svg/more-horizontal'
import { words } from '../language/words.ts'
import { pageIcons } from './page-icons.ts'
import { useRailStyles } from './rail-styles.ts'
import { type PageName, pageAddress } from './route.ts'

const useStyles = makeStyles({
  button: { border: 'none', backgroundColor: 'transparent', fontFamily: 'inherit', cursor: 'pointer' },
})

/** The pages that have no place of their own on a telephone. */
export function RailMore(props: { pages: readonly PageName[]; here: PageName }) {
  const styles = useStyles()
  const rail = useRailStyles()
  const { names, more } = words().pages
  const here = props.pages.includes(props.here)
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <button type="button" className={mergeClasses(rail.item, styles.button, here && rail.here)}>
          <span className={mergeClasses(rail.icon, here && rail.mark)}>
            <MoreHorizontalRegular />
          </span>
          {more}
        </button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {props.pages.map((page) => {
            const Icon = pageIcons[page][page === props.here ? 1 : 0]
            return (
              <MenuItemLink
                key={page}
                href={pageAddress(page)}
                icon={<Icon />}
                {...(page === props.here && { 'aria-current': 'page' as const })}
              >
                {names[page]}
              </MenuItemLink>
            )
          })}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
