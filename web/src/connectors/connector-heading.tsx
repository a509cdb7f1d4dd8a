import { makeStyles, tokens } from '@fluentui/react-components'
import type { ConnectorView } from '../../../src/core/view.ts'
import { HealthSign } from './health-sign.tsx'

const useStyles = makeStyles({
  title: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
})

interface ConnectorHeadingProps {
  readonly state: ConnectorView['health']['state']
  readonly title: string
}

/** Which connector, and how it is. */
export function ConnectorHeading({ state, title }: ConnectorHeadingProps) {
  return (
    <h2 className={useStyles().title}>
      <HealthSign state={state} />
      {title}
    </h2>
  )
}
