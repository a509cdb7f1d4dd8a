import { Button, MessageBar, MessageBarBody, makeStyles } from '@fluentui/react-components'
import type { ConnectorView } from '../../../src/core/view.ts'
import type { ConnectorItem } from '../configuration/configuration-client.ts'
import { go } from '../frame/route.ts'
import { words } from '../language/words.ts'
import { HubSpan } from '../words/hub-text.tsx'
import { asSentence } from '../words/presence-words.ts'

const useStyles = makeStyles({ text: { margin: 0, maxWidth: '640px' } })

interface SystemStepProps {
  readonly text: string
  readonly action: string
  /** Where one is added. */
  readonly address: string
  /** Those that there are. */
  readonly connectors: readonly ConnectorItem[]
  readonly views: readonly ConnectorView[]
}

/** A kind of system: added on its page; here it is told how it fares. */
export function SystemStep({ text, action, address, connectors, views }: SystemStepProps) {
  const styles = useStyles()
  const { setUp: said, codes } = words()
  if (connectors.length === 0) {
    return (
      <>
        <p className={styles.text}>{text}</p>
        <Button appearance="primary" onClick={() => go(address)}>
          {action}
        </Button>
      </>
    )
  }
  return connectors.map(({ id }) => {
    const health = views.find((view) => view.id === id)?.health
    const state = codes.health[health?.state ?? 'starting']
    if (!health || health.state === 'up' || health.state === 'starting') {
      return (
        <p key={id} className={styles.text}>
          {said.system(id, state)}
        </p>
      )
    }
    return (
      <MessageBar key={id} intent="warning" layout="multiline">
        <MessageBarBody>
          {said.system(id, state)}{' '}
          <HubSpan>{[health.detail ?? '', health.fix ?? ''].map(asSentence).join(' ')}</HubSpan>
        </MessageBarBody>
      </MessageBar>
    )
  })
}
