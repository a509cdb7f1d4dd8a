import { makeStyles, tokens } from '@fluentui/react-components'
import { InfoRegular } from '@fluentui/react-icons/svg/info'
import { HubText } from '../words/hub-text.tsx'
import type { Notice } from './find-notices.ts'
import { healthWords } from './health-words.ts'
import { SignItem, SignList } from './sign-list.tsx'

const useStyles = makeStyles({
  heading: { margin: '16px 0 4px', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  icon: { flexShrink: 0, fontSize: '20px', color: tokens.colorNeutralForeground3 },
})

/** What is worth a look, below what is wrong. */
export function NoticeList({ notices }: { notices: readonly Notice[] }) {
  const styles = useStyles()
  if (notices.length === 0) return null
  return (
    <>
      <h3 className={styles.heading}>{healthWords().look}</h3>
      <SignList>
        {notices.map(({ key, text, reason }) => (
          <SignItem key={key} sign={<InfoRegular className={styles.icon} />}>
            {text}
            {reason !== undefined && <HubText>{reason}</HubText>}
          </SignItem>
        ))}
      </SignList>
    </>
  )
}
