import { makeStyles, tokens } from '@fluentui/react-components'
import { InfoRegular } from '@fluentui/react-icons/svg/info'
import { HubText } from '../words/hub-text.tsx'
import type { Notice } from './find-notices.ts'
import { healthWords } from './health-words.ts'

const useStyles = makeStyles({
  heading: { margin: '16px 0 4px', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  item: {
    display: 'flex',
    gap: '12px',
    padding: '10px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'anywhere',
  },
  icon: { flexShrink: 0, fontSize: '20px', color: tokens.colorNeutralForeground3 },
  body: { minWidth: 0 },
})

/** What is worth a look, below what is wrong. */
export function NoticeList({ notices }: { notices: readonly Notice[] }) {
  const styles = useStyles()
  if (notices.length === 0) return null
  return (
    <>
      <h3 className={styles.heading}>{healthWords().look}</h3>
      <ul className={styles.list}>
        {notices.map(({ key, text, reason }) => (
          <li key={key} className={styles.item}>
            <InfoRegular className={styles.icon} />
            <div className={styles.body}>
              {text}
              {reason !== undefined && <HubText>{reason}</HubText>}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
