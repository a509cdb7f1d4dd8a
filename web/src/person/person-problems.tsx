import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles } from '@fluentui/react-components'
import type { ConnectorView, PersonView } from '../../../src/core/view.ts'
import { words } from '../language/words.ts'
import { HubText } from '../words/hub-text.tsx'
import { asSentence } from '../words/presence-words.ts'

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '8px', marginBottom: '16px' },
})

/** What the connectors could not match of this very person, with the fix. */
export function PersonProblems(props: { person: PersonView; connectors: readonly ConnectorView[] }) {
  const styles = useStyles()
  const { person, connectors } = props
  const names = new Set([
    person.upn,
    person.displayName,
    ...person.systems.flatMap(({ addresses }) => addresses),
  ])
  const found = connectors
    .filter(({ tenant }) => tenant === person.tenant)
    .flatMap(({ title, problems }) => problems.map((problem) => ({ title, ...problem })))
    .filter(({ who }) => names.has(who))
  const kept = (person.sharedPhones ?? []).filter(({ synced }) => synced)
  if (found.length + kept.length === 0) return null
  return (
    <div className={styles.list}>
      {kept.map(({ connector, address, kind }) => (
        <MessageBar key={`${connector}/${address}`} intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>
              {kind === 'hotDesk' ? words().person.hotDesk : words().codes.problems.shared}.
            </MessageBarTitle>
            {words().person.keptInStep(address, connector)}
          </MessageBarBody>
        </MessageBar>
      ))}
      {found.map(({ title, kind, who, reason, fix }) => (
        <MessageBar key={`${title}/${kind}/${who}`} intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>
              {title}: {words().codes.problems[kind] ?? kind}.
            </MessageBarTitle>
            <HubText>
              {asSentence(reason)} {asSentence(fix)}
            </HubText>
          </MessageBarBody>
        </MessageBar>
      ))}
    </div>
  )
}
