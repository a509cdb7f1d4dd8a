import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { HubPart } from '../../../src/core/config-port.ts'
import type { JsonSchema } from '../../../src/core/connector.ts'
import type { Configuration, Item } from '../configuration/configuration-client.ts'
import { propertiesOf } from '../form/field-kind.ts'
import { useCheckedForm } from '../form/form-state.ts'
import { RefusedSave } from '../form/refused-save.tsx'
import { SchemaForm } from '../form/schema-form.tsx'
import { AskFirst } from '../frame/ask-first.tsx'
import { PageSection } from '../frame/page-section.tsx'
import { hubPartWords } from './hub-part-words.ts'
import { checkPart, savePart } from './hub-parts-client.ts'
import { settingsWords } from './settings-words.ts'

const useStyles = makeStyles({
  note: { margin: '0 0 16px', color: tokens.colorNeutralForeground2 },
  line: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'flex-end', marginTop: '16px' },
  comment: { flex: '1 1 240px', maxWidth: '480px' },
})

interface HubPartFormProps {
  readonly configuration: Configuration
  readonly part: HubPart
  /** Of the whole configuration. */
  readonly schema: JsonSchema
  readonly takesRestart: boolean
  changed(text: string): void
}

/** One part of the hub: drawn from the schema, checked by the hub while it is filled in, saved as a version. */
export function HubPartForm({ configuration, part, schema, takesRestart, changed }: HubPartFormProps) {
  const styles = useStyles()
  const said = hubPartWords()
  const settings = settingsWords()
  const readOnly = configuration.source === 'file'
  const written = configuration.hub[part]
  const [value, setValue] = useState<Item>(written === undefined ? {} : { [part]: written })
  const [comment, setComment] = useState('')
  const [refused, refuse] = useState<unknown>()
  const form = useCheckedForm({
    ...{ value, readOnly },
    check: async (next, signal) => (await checkPart(part, next[part], signal)).problems,
  })
  const save = async (next: unknown) => {
    form.showAll()
    try {
      const { version } = configuration
      const done = await savePart(part, next, { version, comment })
      const isLater = done.afterRestart.includes(part)
      changed(done.version === version ? said.unchanged : isLater ? said.savedForLater : said.saved)
    } catch (error) {
      refuse(error)
    }
  }
  const others = propertiesOf(schema).flatMap(([key]) => (key === part ? [] : [key]))
  return (
    <>
      <RefusedSave error={refused} />
      <PageSection title={said.parts[part]}>
        {!readOnly && (
          <p className={styles.note}>
            {takesRestart ? said.restart : said.atOnce} {part === 'http' && said.atStart}
          </p>
        )}
        <SchemaForm schema={schema} without={others} {...{ value, form }} change={setValue} />
        {!readOnly && (
          <div className={styles.line}>
            <Field label={settings.comment} className={styles.comment}>
              <Input value={comment} maxLength={1000} onChange={(_, { value: next }) => setComment(next)} />
            </Field>
            <Button appearance="primary" onClick={() => void save(value[part])}>
              {takesRestart ? said.saveForLater : said.save}
            </Button>
            {written !== undefined && (
              <AskFirst
                title={said.defaultsTitle}
                text={said.defaultsText}
                label={said.defaults}
                act={() => void save(undefined)}
                trigger={<Button>{said.defaults}</Button>}
              />
            )}
          </div>
        )}
      </PageSection>
    </>
  )
}
