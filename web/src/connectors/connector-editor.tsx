import { Field, Input, Link, MessageBar, MessageBarBody, makeStyles } from '@fluentui/react-components'
import { useMemo } from 'react'
import type { ConfigSaved, ConfigSchemas } from '../../../src/core/config-port.ts'
import type { JsonSchema } from '../../../src/core/connector.ts'
import type { Configuration, Place } from '../configuration/configuration-client.ts'
import { idPattern } from '../form/id-pattern.ts'
import { SchemaForm } from '../form/schema-form.tsx'
import { PageSection } from '../frame/page-section.tsx'
import { words } from '../language/words.ts'
import { microsoftAddress } from './connector-address.ts'
import { DraftButtons, DraftOutcome } from './draft-outcome.tsx'
import { useConnectorDraft } from './use-connector-draft.ts'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: '16px' },
  id: { maxWidth: '560px' },
})

interface EditorProps {
  readonly configuration: Configuration
  readonly schemas: ConfigSchemas
  readonly place: Place
  readonly type: string
  /** There is none of this name yet. */
  readonly fresh: boolean
  saved(id: string, saved: ConfigSaved): void
}

/** One connector: its settings, drawn from its own schema, tried before they are saved. */
export function ConnectorEditor({ configuration, schemas, place, type, fresh, saved }: EditorProps) {
  const styles = useStyles()
  const { connectors: said } = words()
  const entry = schemas.connectors[type]
  const schema = useMemo(() => wholeSchema(schemas, type), [schemas, type])
  const draft = useConnectorDraft({ configuration, place, type })
  const taken =
    fresh &&
    (configuration.tenants.find(({ id }) => id === place.tenant)?.connectors ?? []).some(
      ({ id }) => id === draft.id,
    )
  const wrongId = taken ? said.idTaken : idPattern.test(draft.id) ? undefined : said.idWrong
  const readOnly = draft.form.readOnly
  const title = fresh ? said.add(entry?.title ?? type) : `${entry?.title ?? type}: ${place.id}`
  return (
    <PageSection title={title}>
      <form
        noValidate
        className={styles.body}
        onSubmit={(event) => {
          event.preventDefault()
          if (!readOnly && wrongId === undefined) draft.try()
        }}
      >
        {readOnly && (
          <MessageBar intent="info" layout="multiline">
            <MessageBarBody>{said.readOnly(configuration.file ?? '')}</MessageBarBody>
          </MessageBar>
        )}
        {entry?.kind === 'collaboration' && (
          <Link href={microsoftAddress(place.tenant)}>{said.microsoft}</Link>
        )}
        {fresh && (
          <Field
            label={said.idField}
            hint={said.idHint}
            required
            className={styles.id}
            {...(wrongId !== undefined && {
              validationState: 'error' as const,
              validationMessage: wrongId,
            })}
          >
            <Input value={draft.id} onChange={(_, { value }) => draft.setId(value)} />
          </Field>
        )}
        {schema && (
          <SchemaForm
            schema={schema}
            value={draft.settings}
            form={draft.form}
            without={['id', 'type']}
            change={draft.change}
          />
        )}
        <DraftOutcome draft={draft} />
        {!readOnly && (
          <DraftButtons
            draft={draft}
            ready={wrongId === undefined}
            save={() => draft.save((done) => saved(draft.id, done))}
          />
        )}
      </form>
    </PageSection>
  )
}

/** The settings of the type with those that every connector has; some are for phone systems only. */
function wholeSchema({ config, connectors }: ConfigSchemas, type: string): JsonSchema | undefined {
  const entry = connectors[type]
  const step = (schema: unknown, ...path: readonly string[]) =>
    path.reduce((at, key) => (at as Record<string, unknown> | undefined)?.[key], schema)
  const list = step(config, 'properties', 'tenants', 'items', 'properties', 'connectors')
  const { teamsSync, site, siteHoldMinutes, ...shared } = (step(list, 'items', 'properties') ?? {}) as Record<
    string,
    JsonSchema
  >
  if (!entry) return undefined
  const properties = {
    ...(entry.schema.properties as object),
    ...shared,
    ...(entry.kind === 'pbx' && teamsSync && { teamsSync }),
    ...((entry.kind === 'pbx' || entry.kind === 'queue') && site && { site, siteHoldMinutes }),
  }
  return { ...entry.schema, properties }
}
