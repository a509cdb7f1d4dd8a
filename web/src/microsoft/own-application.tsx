import { Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import type { ConfigSaved, ConfigSchemas } from '../../../src/core/config-port.ts'
import type { Configuration } from '../configuration/configuration-client.ts'
import { DraftButtons, DraftOutcome } from '../connectors/draft-outcome.tsx'
import { useConnectorDraft } from '../connectors/use-connector-draft.ts'
import { SchemaForm } from '../form/schema-form.tsx'
import { PageSection } from '../frame/page-section.tsx'
import { words } from '../language/words.ts'
import { PermissionTrial } from './permission-trial.tsx'
import { RegistrationGuide } from './registration-guide.tsx'

const useStyles = makeStyles({
  text: { margin: '0 0 8px', maxWidth: '640px' },
  body: { display: 'flex', flexDirection: 'column', gap: '16px' },
  heading: { margin: '8px 0 0', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
})

/** What the script prints, and what stands in its place. */
const credentials = ['entraTenantId', 'clientId', 'clientSecret', 'clientSecretExpires', 'certificate']

interface OwnApplicationProps {
  readonly configuration: Configuration
  readonly schemas: ConfigSchemas
  readonly tenant: string
  /** Id of the connector that there is. */
  readonly connector: string | undefined
  saved(id: string, saved: ConfigSaved): void
}

/** The customer's own registration: how it is made, what came of it, and whether it does. */
export function OwnApplication({ configuration, schemas, tenant, connector, saved }: OwnApplicationProps) {
  const styles = useStyles()
  const { microsoft: said } = words()
  const place = { tenant, id: connector ?? 'teams' }
  const draft = useConnectorDraft({ configuration, place, type: 'teams' })
  const readOnly = draft.settings.readOnly === true
  const schema = schemas.connectors.teams!.schema
  const fixed = draft.form.readOnly
  return (
    <>
      <PageSection title={said.register}>
        <p className={styles.text}>{said.registerText}</p>
        <Checkbox
          label={said.readOnlyFirst}
          checked={readOnly}
          disabled={fixed}
          onChange={(_, { checked }) => {
            const { readOnly: _before, ...rest } = draft.settings
            draft.change(checked === true ? { ...rest, readOnly: true } : rest)
          }}
        />
        <RegistrationGuide tenant={tenant} readOnly={readOnly} />
      </PageSection>
      <PageSection title={said.enter}>
        <p className={styles.text}>{said.enterText}</p>
        <form
          noValidate
          className={styles.body}
          onSubmit={(event) => {
            event.preventDefault()
            if (!fixed) draft.try()
          }}
        >
          <SchemaForm
            schema={schema}
            value={draft.settings}
            form={draft.form}
            front={credentials}
            without={['id', 'type', 'readOnly']}
            change={draft.change}
          />
          <DraftOutcome draft={draft} />
          {!fixed && (
            <DraftButtons draft={draft} ready save={() => draft.save((done) => saved(draft.id, done))} />
          )}
        </form>
      </PageSection>
      <PageSection title={said.onOne}>
        <p className={styles.text}>{said.onOneText}</p>
        <PermissionTrial
          tenant={tenant}
          connector={connector}
          settings={draft.settings}
          readOnly={readOnly}
        />
      </PageSection>
    </>
  )
}
