import { Card, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  page: {
    minHeight: '100dvh',
    boxSizing: 'border-box',
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    padding: '16px',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  card: { width: '400px', maxWidth: '100%', padding: '32px', boxSizing: 'border-box' },
  head: { display: 'flex', alignItems: 'center', gap: '12px' },
  logo: { width: '32px', height: '32px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, fontWeight: tokens.fontWeightSemibold },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
})

/** A page before the board: one card in the middle. */
export function EntryPage(props: { title: string; text?: string; children: ReactNode }) {
  const styles = useStyles()
  return (
    <main className={styles.page}>
      <Card className={styles.card}>
        <div className={styles.head}>
          <img src="/hookswitch.svg" alt="" className={styles.logo} />
          <h1 className={styles.title}>{props.title}</h1>
        </div>
        {props.text !== undefined && <p className={styles.text}>{props.text}</p>}
        {props.children}
      </Card>
    </main>
  )
}
