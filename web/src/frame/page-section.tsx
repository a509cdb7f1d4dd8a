import { makeStyles, tokens } from '@fluentui/react-components'
import { type ReactNode, useId } from 'react'

const useStyles = makeStyles({
  section: {
    padding: '16px 20px',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 640px)': { padding: '12px' },
  },
  heading: {
    margin: '0 0 12px',
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
})

/** One part of a page, on a card of its own. */
export function PageSection(props: { title: string; children: ReactNode }) {
  const styles = useStyles()
  const id = useId()
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h2 id={id} className={styles.heading}>
        {props.title}
      </h2>
      {props.children}
    </section>
  )
}

const useScrollStyles = makeStyles({
  scroll: {
    flex: '1 1 0',
    minHeight: 0,
    overflowY: 'auto',
    display: 'flex',
    flexDirection: 'column',
    gap: '16px',
    '& > *': { flexShrink: 0 },
  },
  inner: { display: 'flex', flexDirection: 'column', gap: '16px', width: '100%', maxWidth: '1200px' },
})

/** A page that is longer than the window. */
export function PageScroll({ children }: { children: ReactNode }) {
  const styles = useScrollStyles()
  return (
    <div className={styles.scroll}>
      <div className={styles.inner}>{children}</div>
    </div>
  )
}
