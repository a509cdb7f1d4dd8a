import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle'
import { DismissCircleFilled } from '@fluentui/react-icons/svg/dismiss-circle'
import { InfoFilled } from '@fluentui/react-icons/svg/info'
import { WarningFilled } from '@fluentui/react-icons/svg/warning'
import type { ComponentType } from 'react'
import type { Finding } from '../../../src/core/connector.ts'
import { words } from '../language/words.ts'
import { HubSpan } from '../words/hub-text.tsx'
import { asSentence } from '../words/presence-words.ts'

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  one: {
    display: 'flex',
    gap: '10px',
    padding: '8px 0',
    overflowWrap: 'anywhere',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  icon: { display: 'flex', fontSize: '20px', flexShrink: 0 },
  level: { fontWeight: tokens.fontWeightSemibold },
  ok: { color: tokens.colorPaletteLightGreenForeground3 },
  info: { color: tokens.colorNeutralForeground3 },
  warning: { color: tokens.colorPaletteDarkOrangeForeground1 },
  error: { color: tokens.colorPaletteRedForeground3 },
})

const icons: Record<Finding['level'], ComponentType> = {
  ok: CheckmarkCircleFilled,
  info: InfoFilled,
  warning: WarningFilled,
  error: DismissCircleFilled,
}

/** What a trial found, a sentence each, with what to do. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const styles = useStyles()
  const { connectors: said, pages } = words()
  if (findings.length === 0) return <p>{said.trialNone}</p>
  return (
    <ul className={styles.list}>
      {findings.map(({ level, text, fix }) => {
        const Icon = icons[level]
        return (
          <li key={`${level}/${text}`} className={styles.one}>
            <span className={mergeClasses(styles.icon, styles[level])}>
              <Icon />
            </span>
            <div>
              <div>
                <span className={styles.level}>{said.levels[level]}:</span>{' '}
                <HubSpan>{asSentence(text)}</HubSpan>
              </div>
              {fix && (
                <div>
                  <b>{pages.health.toDo}</b> <HubSpan>{asSentence(fix)}</HubSpan>
                </div>
              )}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
