import { Button, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import type { ConfigProblem } from '../../../src/core/config-port.ts'
import type { JsonSchema } from '../../../src/core/connector.ts'
import {
  type Configuration,
  type Item,
  readSchemas,
  saveTenant,
  type TenantItem,
} from '../configuration/configuration-client.ts'
import type { FormState } from '../form/form-state.ts'
import { RefusedSave } from '../form/refused-save.tsx'
import { SchemaForm } from '../form/schema-form.tsx'
import { PageSection } from '../frame/page-section.tsx'
import { PageFailed, PageLoading } from '../frame/page-state.tsx'
import { HubError } from '../live/http.ts'
import { useAnswer } from '../live/use-answer.ts'
import { settingsWords } from './settings-words.ts'

const useStyles = makeStyles({ save: { marginTop: '16px' } })

/** What has a page of its own. */
const elsewhere = ['id', 'connectors', 'people', 'links', 'webhooks']

/** History, works council mode, who is hidden, ringing, consent: as the schema of the configuration has them. */
export function TenantSettings(props: {
  configuration: Configuration
  tenant: TenantItem
  changed(text: string): void
}) {
  const styles = useStyles()
  const said = settingsWords()
  const { configuration, tenant, changed } = props
  const readOnly = configuration.source === 'file'
  const schemas = useAnswer('schemas', readSchemas)
  const [value, setValue] = useState<Item>(tenant)
  const [problems, setProblems] = useState<readonly ConfigProblem[]>([])
  const [refused, refuse] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  if (schemas.error) return <PageFailed reason={schemas.error.message} />
  if (!schemas.value) return <PageLoading />
  const form: FormState = {
    readOnly,
    touch: () => {},
    problemsAt: (path) => problems.filter((problem) => withinTenant(problem.path) === path),
  }
  const save = async () => {
    setBusy(true)
    refuse(undefined)
    try {
      await saveTenant(value as TenantItem, configuration.version)
      setProblems([])
      changed(said.saved)
    } catch (error) {
      const found = error instanceof HubError ? error.problems : []
      setProblems(found)
      refuse(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <RefusedSave error={refused} placeOf={withinTenant} />
      <PageSection title={said.ofTenant(tenant.id)}>
        <SchemaForm
          schema={tenantSchema(schemas.value.config)}
          front={['preset', 'history', 'consent', 'timeZone', 'hidden']}
          {...{ value, form, without: elsewhere, change: setValue }}
        />
        {!readOnly && (
          <Button appearance="primary" className={styles.save} disabled={busy} onClick={() => void save()}>
            {said.save}
          </Button>
        )}
      </PageSection>
    </>
  )
}

function tenantSchema(config: JsonSchema): JsonSchema {
  const { tenants } = config.properties as Readonly<Record<string, JsonSchema>>
  return tenants!.items as JsonSchema
}

/** `tenants[0].history.days` is `history.days` in the form of one tenant. */
function withinTenant(path: string): string {
  return path.replace(/^tenants\[\d+\]\.?/, '')
}
