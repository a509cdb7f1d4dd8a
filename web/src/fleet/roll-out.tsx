import { Button, Field, makeStyles, Select } from '@fluentui/react-components'
import { useState } from 'react'
import type { LinkPlan } from '../../../src/core/link-plan.ts'
import { readConfiguration, saveTenant, type TenantItem } from '../configuration/configuration-client.ts'
import { PageSection } from '../frame/page-section.tsx'
import { PageFailed, PageLoading } from '../frame/page-state.tsx'
import { words } from '../language/words.ts'
import { readPlan } from '../links/links-client.ts'
import { useAnswer } from '../live/use-answer.ts'
import { HubText, useHubPhrases } from '../words/hub-text.tsx'
import { changesOf, withPreset } from './roll-out-plan.ts'

const useStyles = makeStyles({
  tools: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'end' },
  field: { flex: '0 1 320px' },
})

interface Planned {
  readonly tenant: TenantItem
  readonly plan: LinkPlan
}

type Result = { readonly saved: number } | { readonly failed: string } | 'unchanged'

async function readAll(tenants: readonly string[], signal: AbortSignal) {
  const { tenants: all, version } = await readConfiguration(signal)
  const meant = all.filter(({ id }) => tenants.includes(id))
  const planned = meant.map(
    async (tenant): Promise<Planned> => ({ tenant, plan: await readPlan(tenant.id, signal) }),
  )
  return { version, planned: await Promise.all(planned) }
}

/** One preset for several customers: what it changes at each first, then one after the other, with what became of each. */
export function RollOut({ tenants, close }: { tenants: readonly string[]; close(): void }) {
  const styles = useStyles()
  const [preset, setPreset] = useState('')
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map())
  const [busy, setBusy] = useState(false)
  const { value, error } = useAnswer(tenants.join(), (signal) => readAll(tenants, signal))
  const { fleet } = words()
  const phrase = useHubPhrases()
  if (!value) return error ? <PageFailed reason={error.message} /> : <PageLoading />
  const { planned } = value
  const presets = planned[0]?.plan.presets ?? []
  const apply = async () => {
    setBusy(true)
    // Each save makes a version; what somebody else saved since the preview was read is not overwritten.
    let { version } = value
    for (const one of planned) {
      const result = await applyTo(one, preset, version)
      if (typeof result === 'object' && 'saved' in result) version = result.saved
      setResults((last) => new Map(last).set(one.tenant.id, result))
    }
    setBusy(false)
  }
  return (
    <PageSection title={fleet.template}>
      <div className={styles.tools}>
        <Field label={fleet.preset} className={styles.field}>
          <Select
            value={preset}
            onChange={(_, data) => {
              setPreset(data.value)
              setResults(new Map())
            }}
          >
            <option value="">{fleet.pick}</option>
            {presets.map(({ id, title }) => (
              <option key={id} value={id}>
                {phrase(title)}
              </option>
            ))}
          </Select>
        </Field>
        <Button
          appearance="primary"
          disabled={preset === '' || busy || results.size > 0}
          onClick={() => void apply()}
        >
          {fleet.apply(planned.length)}
        </Button>
        <Button onClick={close}>{fleet.close}</Button>
      </div>
      {preset !== '' &&
        planned.map((one) => (
          <Preview key={one.tenant.id} planned={one} preset={preset} result={results.get(one.tenant.id)} />
        ))}
    </PageSection>
  )
}

async function applyTo(
  { tenant, plan }: Planned,
  preset: string,
  version: number | undefined,
): Promise<Result> {
  if (tenant.preset === preset && changesOf(plan, tenant, preset).length === 0) return 'unchanged'
  try {
    const saved = await saveTenant(withPreset(plan, tenant, preset), version)
    return { saved: saved.version }
  } catch (error) {
    return { failed: (error as Error).message }
  }
}

interface PreviewProps {
  readonly planned: Planned
  readonly preset: string
  readonly result: Result | undefined
}

function Preview({ planned: { tenant, plan }, preset, result }: PreviewProps) {
  const { fleet } = words()
  const changes = changesOf(plan, tenant, preset)
  return (
    <section aria-label={tenant.id}>
      <h3>{tenant.id}</h3>
      {changes.length === 0 ? (
        <p>{fleet.nothingChanges}</p>
      ) : (
        <ul>
          {changes.map(({ from, to, was, is, ownRows }) => (
            <li key={`${from} ${to}`}>
              {fleet.change(`${from} \u2192 ${to}`, was, is)} {ownRows && fleet.ownRows}
            </li>
          ))}
        </ul>
      )}
      {result !== undefined && (
        <p role="status">
          {result === 'unchanged' && fleet.unchanged}
          {typeof result === 'object' && 'saved' in result && fleet.saved(result.saved)}
          {typeof result === 'object' && 'failed' in result && (
            <>
              {fleet.failed} <HubText>{result.failed}</HubText>
            </>
          )}
        </p>
      )}
    </section>
  )
}
