import { makeStyles, tokens } from '@fluentui/react-components'
import { words } from '../language/words.ts'

const useStyles = makeStyles({
  skip: {
    position: 'absolute',
    left: '8px',
    top: '-60px',
    zIndex: 10,
    padding: '10px 16px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    ':focus': { top: '8px' },
  },
})

/** The first stop of the Tab key: past the header and the navigation. The address stays as it is. */
export function SkipLink({ to }: { to: string }) {
  const styles = useStyles()
  return (
    <a
      href={location.hash || '#/'}
      className={styles.skip}
      onClick={(event) => {
        event.preventDefault()
        document.getElementById(to)?.focus()
      }}
    >
      {words().pages.skip}
    </a>
  )
}
