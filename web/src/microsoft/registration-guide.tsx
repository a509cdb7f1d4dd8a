import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { Permission } from '../../../src/core/consent-port.ts'
import { PageFailed, PageLoading } from '../frame/page-state.tsx'
import { words } from '../language/words.ts'
import { useAnswer } from '../live/use-answer.ts'
import { HubSpan, HubText } from '../words/hub-text.tsx'
import { readRegistration } from './consent-client.ts'
import { CopiedText } from './copied-text.tsx'

const useStyles = makeStyles({
  whole: { display: 'flex', flexDirection: 'column', gap: '12px', minWidth: 0 },
  heading: { margin: '8px 0 0', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  steps: { margin: 0, paddingLeft: '20px', display: 'flex', flexDirection: 'column', gap: '6px' },
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  permission: { padding: '6px 0', borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  note: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  tabs: { flexWrap: 'wrap' },
})

const byHand = 'hand'

/** How to register an application at Microsoft: a script, or by hand; with which permissions, and why. */
export function RegistrationGuide({ tenant, readOnly }: { tenant: string; readOnly: boolean }) {
  const styles = useStyles()
  const { microsoft: said } = words()
  const { value, error } = useAnswer(`${tenant} ${readOnly}`, (signal) =>
    readRegistration(tenant, readOnly, signal),
  )
  const [way, setWay] = useState<string>()
  if (!value) return error ? <PageFailed reason={error.message} /> : <PageLoading />
  const shown = way ?? value.scripts[0]?.id ?? byHand
  const script = value.scripts.find(({ id }) => id === shown)
  return (
    <div className={styles.whole}>
      <TabList
        className={styles.tabs}
        selectedValue={shown}
        onTabSelect={(_, { value: next }) => setWay(String(next))}
      >
        {value.scripts.map(({ id, title }) => (
          <Tab key={id} value={id}>
            {title}
          </Tab>
        ))}
        <Tab value={byHand}>{said.byHand}</Tab>
      </TabList>
      {script ? (
        <CopiedText key={script.id} text={script.text} what={said.script(script.title)} />
      ) : (
        <ol className={styles.steps}>
          {value.steps.map((step) => (
            <li key={step}>
              <HubSpan>{step}</HubSpan>
            </li>
          ))}
        </ol>
      )}
      {value.redirectUris.length > 0 && (
        <>
          <h3 className={styles.heading}>{said.redirectUris}</h3>
          {value.redirectUris.map((uri) => (
            <CopiedText key={uri} text={uri} what={said.redirectUri} wrapped />
          ))}
        </>
      )}
      {value.tab && (
        <>
          <h3 className={styles.heading}>{said.tab}</h3>
          <p className={styles.note}>{said.tabNote(value.tab.scope)}</p>
          <CopiedText text={value.tab.applicationIdUri} what={said.tabUri} wrapped />
        </>
      )}
      <h3 className={styles.heading}>{said.permissions}</h3>
      <ul className={styles.list}>
        {value.permissions.map((permission) => (
          <PermissionLine key={permission.id} permission={permission} />
        ))}
      </ul>
    </div>
  )
}

function PermissionLine({ permission: { name, kind, why, needed } }: { permission: Permission }) {
  const styles = useStyles()
  const { microsoft: said } = words()
  return (
    <li className={styles.permission}>
      <span className={styles.name}>{name}</span>{' '}
      <span className={styles.quiet}>
        ({said.kinds[kind]}, {needed ? said.needed : said.ofUse})
      </span>
      <HubText>{why}</HubText>
    </li>
  )
}
