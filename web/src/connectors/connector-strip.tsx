import {
  Button,
  makeStyles,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  tokens,
} from '@fluentui/react-components'
import type { ConnectorView } from '../../../src/core/view.ts'
import { words } from '../language/words.ts'
import { ConnectorDetail } from './connector-detail.tsx'
import { connectorTitle } from './connector-title.ts'
import { HealthSign } from './health-sign.tsx'

const useStyles = makeStyles({
  strip: {
    display: 'flex',
    gap: '6px',
    alignItems: 'center',
    minWidth: 0,
    overflowX: 'auto',
    scrollbarWidth: 'none',
  },
  one: { flexShrink: 0, fontWeight: tokens.fontWeightRegular, minWidth: 0, padding: '3px 10px' },
  words: { display: 'flex', gap: '6px', alignItems: 'center' },
  aside: { color: tokens.colorNeutralForeground3 },
  surface: { width: '400px', maxWidth: 'calc(100vw - 64px)', maxHeight: '70vh', overflowY: 'auto' },
})

/** Every connector with its health and what could not be matched; a press tells more, with the fix. */
export function ConnectorStrip({ connectors }: { connectors: readonly ConnectorView[] }) {
  const styles = useStyles()
  return (
    <section aria-label={words().board.connectors} className={styles.strip}>
      {connectors.map((connector) => (
        <ConnectorButton
          key={`${connector.tenant}/${connector.id}`}
          connector={connector}
          title={connectorTitle(connector, connectors)}
        />
      ))}
    </section>
  )
}

function ConnectorButton({ connector, title }: { connector: ConnectorView; title: string }) {
  const styles = useStyles()
  const { state } = connector.health
  return (
    <Popover withArrow trapFocus positioning="below-end">
      <PopoverTrigger disableButtonEnhancement>
        <Button appearance="subtle" className={styles.one} icon={<HealthSign state={state} />}>
          <span className={styles.words}>
            {title}
            {state !== 'up' && <span className={styles.aside}>{words().codes.health[state]}</span>}
            {connector.problems.length > 0 && <Problems count={connector.problems.length} />}
          </span>
        </Button>
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label={title}>
        <ConnectorDetail connector={connector} title={title} />
      </PopoverSurface>
    </Popover>
  )
}

const useBadgeStyles = makeStyles({
  badge: {
    display: 'inline-block',
    minWidth: '18px',
    boxSizing: 'border-box',
    padding: '0 5px',
    borderRadius: '9px',
    lineHeight: '18px',
    fontSize: tokens.fontSizeBase200,
    textAlign: 'center',
    backgroundColor: tokens.colorPaletteDarkOrangeBackground2,
    color: tokens.colorPaletteDarkOrangeForeground2,
  },
})

function Problems({ count }: { count: number }) {
  const styles = useBadgeStyles()
  const text = words().board.problemCount(count)
  return (
    <span className={styles.badge} role="img" aria-label={text} title={text}>
      {count}
    </span>
  )
}
