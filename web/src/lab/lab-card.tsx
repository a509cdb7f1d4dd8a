import { makeStyles, tokens } from '@fluentui/react-components'
import { type ReactNode, useId } from 'react'

const useStyles = makeStyles({
  card: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow2,
    padding: '14px 16px',
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
  },
  top: { display: 'flex', alignItems: 'center', gap: '8px', color: tokens.colorNeutralForeground2 },
  icon: { fontSize: '20px', display: 'flex', color: tokens.colorBrandForeground1 },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  aside: { marginLeft: 'auto', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  face: { display: 'flex', alignItems: 'center', gap: '10px', fontSize: '26px', minHeight: '44px' },
  words: { minWidth: 0 },
  big: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
  },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3, lineHeight: '16px' },
})

interface LabCardProps {
  readonly icon: ReactNode
  readonly title: string
  readonly aside?: string
  /** What a person would see on the device: an icon, a word, a line below. */
  readonly face: { readonly icon: ReactNode; readonly big: string; readonly small: string }
  readonly children: ReactNode
}

/** One device of the lab: its face above, its keys below. */
export function LabCard({ icon, title, aside, face, children }: LabCardProps) {
  const styles = useStyles()
  const id = useId()
  return (
    <section aria-labelledby={id} className={styles.card}>
      <div className={styles.top}>
        <span className={styles.icon}>{icon}</span>
        <h3 id={id} className={styles.title}>
          {title}
        </h3>
        {aside && <span className={styles.aside}>{aside}</span>}
      </div>
      <div className={styles.face} aria-live="polite">
        {face.icon}
        <div className={styles.words}>
          <div className={styles.big}>{face.big}</div>
          <div className={styles.small}>{face.small}</div>
        </div>
      </div>
      {children}
    </section>
  )
}

/** Keys of a card in one wrapping row. */
export function LabKeys({ children }: { children: ReactNode }) {
  return <div className={useKeyStyles().keys}>{children}</div>
}

const useKeyStyles = makeStyles({
  keys: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
})
