import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  item: {
    display: 'flex',
    gap: '12px',
    padding: '10px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'anywhere',
  },
  body: { minWidth: 0 },
})

/** Things to know of, one below the other. */
export function SignList({ children }: { children: ReactNode }) {
  return <ul className={useStyles().list}>{children}</ul>
}

interface SignItemProps {
  /** An icon; none where the words alone tell. */
  readonly sign?: ReactNode
  readonly children: ReactNode
}

export function SignItem({ sign, children }: SignItemProps) {
  const styles = useStyles()
  return (
    <li className={styles.item}>
      {sign}
      <div className={styles.body}>{children}</div>
    </li>
  )
}
