import { Field, makeStyles, Select } from '@fluentui/react-components'
import { readSchemas } from '../configuration/configuration-client.ts'
import { useConfiguration } from '../configuration/use-configuration.ts'
import type { PageContext } from '../frame/page-context.ts'
import { PageScroll, PageSection } from '../frame/page-section.tsx'
import { PageFailed, PageLoading } from '../frame/page-state.tsx'
import { go } from '../frame/route.ts'
import { words } from '../language/words.ts'
import { useAnswer } from '../live/use-answer.ts'
import { setUpAddress } from './set-up-address.ts'
import { SetUpSteps } from './set-up-steps.tsx'

const useStyles = makeStyles({
  text: { margin: '0 0 16px', maxWidth: '640px' },
  tenant: { maxWidth: '360px', marginBottom: '16px' },
})

type SetUpPageProps = Pick<PageContext, 'systems' | 'people' | 'query'>

/** From an empty hub to the first call, as a list of what is done and what comes next. */
export default function SetUpPage({ systems, people, query }: SetUpPageProps) {
  const styles = useStyles()
  const { setUp: said, connectors } = words()
  const config = useConfiguration()
  const schemas = useAnswer('schemas', readSchemas)
  const failed = config.error ?? schemas.error
  if (!config.value || !schemas.value) {
    return failed ? <PageFailed reason={failed.message} again={config.reload} /> : <PageLoading />
  }
  const { tenants } = config.value
  const isNew = query.has('new')
  const tenant = isNew ? undefined : (query.get('tenant') ?? tenants[0]?.id)
  return (
    <PageScroll>
      <PageSection title={said.title}>
        <p className={styles.text}>{said.text}</p>
        {isNew && <p className={styles.text}>{said.newTenant}</p>}
        {tenants.length > 1 && !isNew && (
          <Field label={connectors.tenant} className={styles.tenant}>
            <Select value={tenant ?? ''} onChange={(_, { value }) => go(setUpAddress(value))}>
              {tenants.map(({ id }) => (
                <option key={id}>{id}</option>
              ))}
            </Select>
          </Field>
        )}
        <SetUpSteps
          key={tenant}
          configuration={config.value}
          schemas={schemas.value}
          tenant={tenant}
          systems={systems}
          people={people}
          saved={(named) => {
            config.reload()
            if (named !== undefined) go(setUpAddress(named))
          }}
        />
      </PageSection>
    </PageScroll>
  )
}
