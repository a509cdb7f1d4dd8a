import { Badge, Button, Checkbox, Link, makeStyles, tokens } from '@fluentui/react-components'
import type { FleetRow } from '../../../src/core/fleet.ts'
import { AskFirst } from '../frame/ask-first.tsx'
import { pageAddress } from '../frame/route.ts'
import { words } from '../language/words.ts'
import { setUpAddress } from '../set-up/set-up-address.ts'
import { HubText } from '../words/hub-text.tsx'

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
  },
  card: {
    padding: '12px 16px',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  name: { margin: 0, fontSize: tokens.fontSizeBase400, overflowWrap: 'anywhere' },
  figures: { margin: '4px 0 0', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  reasons: { margin: '8px 0 0', paddingLeft: '20px' },
  ways: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 12px', marginLeft: 'auto' },
})

const colors = { broken: 'danger', attention: 'warning', fine: 'success' } as const

interface FleetListProps {
  readonly rows: readonly FleetRow[]
  /** Those that a template is for; left out where nothing can be changed. */
  readonly chosen?: ReadonlySet<string>
  choose?(tenant: string, on: boolean): void
  remove?(tenant: string): void
}

/** A card for each customer: how it stands in a word and a colour, figures, what is wrong, and the ways into it. */
export function FleetList({ rows, chosen, choose, remove }: FleetListProps) {
  const styles = useStyles()
  const { fleet, pages } = words()
  return (
    <ul className={styles.list}>
      {rows.map((row) => (
        <li key={row.tenant} className={styles.card}>
          <div className={styles.head}>
            {choose && (
              <Checkbox
                checked={chosen?.has(row.tenant) ?? false}
                aria-label={fleet.choose(row.tenant)}
                onChange={(_, { checked }) => choose(row.tenant, checked === true)}
              />
            )}
            <h2 className={styles.name}>{row.tenant}</h2>
            <Badge color={colors[row.condition]}>{fleet.conditions[row.condition]}</Badge>
            <span className={styles.ways}>
              {(['people', 'connectors'] as const).map((page) => (
                <Link key={page} href={`${pageAddress(page)}?${new URLSearchParams({ tenant: row.tenant })}`}>
                  {pages.names[page]}
                </Link>
              ))}
              <Link href={pageAddress('links', row.tenant)}>{pages.names.links}</Link>
              {remove && (
                <>
                  <Link href={setUpAddress(row.tenant)}>{pages.names['set-up']}</Link>
                  <AskFirst
                    title={fleet.remove(row.tenant)}
                    text={fleet.removeText}
                    label={fleet.removeShort}
                    act={() => remove(row.tenant)}
                    trigger={
                      <Button size="small" aria-label={fleet.remove(row.tenant)}>
                        {fleet.removeShort}
                      </Button>
                    }
                  />
                </>
              )}
            </span>
          </div>
          <p className={styles.figures}>{figuresOf(row).join(' · ')}</p>
          {row.reasons.length > 0 && (
            <ul className={styles.reasons}>
              {row.reasons.map((reason) => (
                <li key={reason}>
                  <HubText>{reason}</HubText>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  )
}

/** What is none is left out. */
function figuresOf({ people, connectors, unmatched, openItems, rules }: FleetRow): readonly string[] {
  const { fleet } = words()
  const { all, down, degraded } = connectors
  return [
    fleet.people(people),
    fleet.systems(all),
    ...(down > 0 ? [fleet.down(down)] : []),
    ...(degraded > 0 ? [fleet.degraded(degraded)] : []),
    ...(unmatched > 0 ? [fleet.unmatched(unmatched)] : []),
    ...(openItems > 0 ? [fleet.openItems(openItems)] : []),
    ...(rules === undefined ? [] : [fleet.rules(rules)]),
  ]
}
