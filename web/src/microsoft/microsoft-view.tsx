import { makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { ConfigSaved, ConfigSchemas } from '../../../src/core/config-port.ts'
import { type Configuration, saveConnector } from '../configuration/configuration-client.ts'
import { PageSection } from '../frame/page-section.tsx'
import { PageFailed, PageLoading } from '../frame/page-state.tsx'
import { words } from '../language/words.ts'
import { usePolled } from '../live/use-polled.ts'
import { readConsent } from './consent-client.ts'
import { ConsentLink } from './consent-link.tsx'
import { OwnApplication } from './own-application.tsx'

const everyMs = 3_000

const useStyles = makeStyles({
  text: { margin: '0 0 4px', color: tokens.colorNeutralForeground1 },
})

interface MicrosoftViewProps {
  readonly configuration: Configuration
  readonly schemas: ConfigSchemas
  readonly tenant: string
  saved(id: string, saved: ConfigSaved): void
}

/** The way of a tenant to Microsoft 365: by an application of its own, or by consent to the operator's. */
export default function MicrosoftView({ configuration, schemas, tenant, saved }: MicrosoftViewProps) {
  const styles = useStyles()
  const { microsoft: said } = words()
  const [round, setRound] = useState(0)
  const { value: status, error } = usePolled({
    key: `${tenant} ${round}`,
    everyMs,
    read: (signal) => readConsent(tenant, signal),
  })
  if (!status) return error ? <PageFailed reason={error.message} /> : <PageLoading />
  const { people, application, mode } = status
  const useOperators = async () => {
    const settings = { type: 'teams', application: 'operator' }
    await saveConnector({ tenant, id: 'teams' }, settings, { version: undefined, former: undefined })
  }
  return (
    <>
      <PageSection title={said.title(tenant)}>
        <p className={styles.text}>{said.applications[application]}</p>
        <p className={styles.text}>{said.modes[mode]}</p>
        <p className={styles.text}>{said.people(people.agreed, people.all)}</p>
        {status.readOnly && <p className={styles.text}>{said.onlyRead}</p>}
      </PageSection>
      {status.linkPossible && (
        <ConsentLink
          status={status}
          changed={() => setRound((before) => before + 1)}
          useOperators={
            application === 'none' && configuration.source === 'stored' ? useOperators : undefined
          }
        />
      )}
      {application !== 'operator' && (
        <OwnApplication
          configuration={configuration}
          schemas={schemas}
          tenant={tenant}
          connector={status.connector}
          saved={saved}
        />
      )}
    </>
  )
}
