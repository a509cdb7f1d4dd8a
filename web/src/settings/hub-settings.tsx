import { Field, Select } from '@fluentui/react-components'
import type { HubPart } from '../../../src/core/config-port.ts'
import { type Configuration, readSchemas } from '../configuration/configuration-client.ts'
import { PageFailed, PageLoading } from '../frame/page-state.tsx'
import { go, pageAddress } from '../frame/route.ts'
import { useAnswer } from '../live/use-answer.ts'
import { HubPartForm } from './hub-part-form.tsx'
import { hubPartWords } from './hub-part-words.ts'
import { checkPart } from './hub-parts-client.ts'

const parts: readonly HubPart[] = ['http', 'signIn', 'alerts', 'network', 'applications', 'log']

interface HubSettingsProps {
  readonly configuration: Configuration
  /** The part that the address names. */
  readonly wanted: string | undefined
  changed(text: string): void
}

/** What the configuration says of the hub itself, a part at a time, as its schema has it. */
export function HubSettings({ configuration, wanted, changed }: HubSettingsProps) {
  const said = hubPartWords()
  const schemas = useAnswer('schemas', readSchemas)
  const part = parts.find((one) => one === wanted) ?? 'http'
  const { source, hub } = configuration
  // Whoever looks after tenants alone would see a hub that has its defaults throughout.
  const allowed = useAnswer(`${source} ${part}`, async (signal) =>
    source === 'file' ? true : checkPart(part, hub[part], signal),
  )
  if (allowed.error) return <PageFailed reason={allowed.error.message} />
  if (!allowed.value) return <PageLoading />
  if (schemas.error) return <PageFailed reason={schemas.error.message} />
  if (!schemas.value) return <PageLoading />
  return (
    <>
      <Field label={said.part}>
        <Select value={part} onChange={(_, { value }) => go(pageAddress('settings', 'parts', value))}>
          {parts.map((name) => (
            <option key={name} value={name}>
              {said.parts[name]}
            </option>
          ))}
        </Select>
      </Field>
      <HubPartForm
        key={`${part} ${configuration.version}`}
        {...{ configuration, part, changed }}
        schema={schemas.value.config}
        takesRestart={schemas.value.afterRestart.includes(part)}
      />
    </>
  )
}
