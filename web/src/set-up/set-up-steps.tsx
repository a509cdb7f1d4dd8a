import { makeStyles } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ConfigSchemas } from '../../../src/core/config-port.ts'
import type { Configuration } from '../configuration/configuration-client.ts'
import { addAddress, fromSetUp, microsoftAddress } from '../connectors/connector-address.ts'
import type { PageContext } from '../frame/page-context.ts'
import { words } from '../language/words.ts'
import { CallStep, useFirstCall } from './call-step.tsx'
import { LinksStep } from './links-step.tsx'
import { hasPeople, PeopleStep } from './people-step.tsx'
import { SetUpStep } from './set-up-step.tsx'
import { SystemStep } from './system-step.tsx'
import { TenantStep } from './tenant-step.tsx'

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', maxWidth: '800px' },
})

interface StepsProps extends Pick<PageContext, 'systems' | 'people'> {
  readonly configuration: Configuration
  readonly schemas: ConfigSchemas
  readonly tenant: string | undefined
  /** Something is saved; told of a tenant that is new. */
  saved(tenant?: string): void
}

interface Step {
  readonly title: string
  readonly done: boolean
  readonly content: ReactNode
}

/** Everything from a tenant's name to its first call; the first step that is not done is open. */
export function SetUpSteps(props: StepsProps) {
  const styles = useStyles()
  const steps = useSteps(props)
  const now = steps.findIndex(({ done }) => !done)
  return (
    <ol className={styles.list}>
      {steps.map(({ title, done, content }, index) => (
        <SetUpStep key={title} title={title} state={done ? 'done' : index === now ? 'now' : 'later'}>
          {content}
        </SetUpStep>
      ))}
    </ol>
  )
}

function useSteps({ configuration, schemas, tenant: id, systems, people, saved }: StepsProps): Step[] {
  const { setUp: said } = words()
  const tenant = configuration.tenants.find((one) => one.id === id)
  const seen = useFirstCall(tenant?.id, people)
  const { version } = configuration
  const views = (systems.value?.connectors ?? []).filter((view) => view.tenant === tenant?.id)
  const ofKind = (kind: string) =>
    (tenant?.connectors ?? []).filter(({ type }) => schemas.connectors[type]?.kind === kind)
  const [microsoft, phones] = [ofKind('collaboration'), ofKind('pbx')]
  const owner = tenant?.id ?? ''
  const connect = (which: 'microsoft' | 'phones', connectors: typeof phones, address: string): Step => ({
    title: said[which],
    done: connectors.length > 0,
    content: (
      <SystemStep
        text={said[`${which}Text`]}
        action={said[which]}
        address={fromSetUp(address)}
        {...{ connectors, views }}
      />
    ),
  })
  return [
    {
      title: said.tenant,
      done: tenant !== undefined,
      content: tenant ? (
        <span>{tenant.id}</span>
      ) : (
        <TenantStep taken={configuration.tenants.map((one) => one.id)} saved={saved} />
      ),
    },
    connect('microsoft', microsoft, microsoftAddress(owner)),
    connect('phones', phones, addAddress(owner)),
    {
      title: said.people,
      done: tenant !== undefined && hasPeople(tenant),
      content: tenant && <PeopleStep {...{ tenant, version, saved }} phones={phones.map((one) => one.id)} />,
    },
    {
      title: said.links,
      done: (tenant?.links ?? []).length > 0,
      content: tenant && <LinksStep tenant={tenant} version={version} saved={saved} />,
    },
    { title: said.call, done: seen !== undefined, content: <CallStep seen={seen} /> },
  ]
}
