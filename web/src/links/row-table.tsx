import { Button, makeStyles, tokens } from '@fluentui/react-components'
import type { ConfigProblem } from '../../../src/core/config-port.ts'
import type { LinkPlan } from '../../../src/core/link-plan.ts'
import type { LinkItem } from '../configuration/configuration-client.ts'
import { DataTable } from '../frame/data-table.tsx'
import { effectiveRules, ownRowsOf, type WrittenRow } from './link-rules.ts'
import { linksWords } from './links-words.ts'
import { RowFields } from './row-fields.tsx'
import { actText, whenText } from './rule-words.ts'

const useStyles = makeStyles({
  hint: { margin: '0 0 12px', color: tokens.colorNeutralForeground2 },
  rows: { display: 'flex', flexDirection: 'column', gap: '12px' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '12px' },
})

export interface DraftProps {
  readonly plan: LinkPlan
  readonly draft: LinkItem
  readonly readOnly: boolean
  readonly problems: readonly ConfigProblem[]
  change(draft: LinkItem): void
}

/** Rows of the link: those of its preset, or its own, which can be changed. */
export function RowTable(props: DraftProps) {
  const styles = useStyles()
  const said = linksWords()
  const { plan, draft, readOnly, change } = props
  const own = draft.table as readonly WrittenRow[] | undefined
  const editing = own !== undefined && !readOnly
  return (
    <>
      <p className={styles.hint}>{said.tableHint}</p>
      {editing ? (
        <OwnRows {...props} rows={own} />
      ) : (
        <DataTable
          label={said.table}
          heads={['#', said.rowWhen, said.rowThen]}
          lines={effectiveRules(plan, draft).rows.map((row, index) => ({
            key: String(index),
            cells: [index + 1, whenText(row.when ?? {}), actText(row)],
          }))}
        />
      )}
      {!readOnly && !editing && (
        <div className={styles.buttons}>
          <Button onClick={() => change({ ...draft, table: ownRowsOf(plan, draft) })}>{said.ownRows}</Button>
        </div>
      )}
    </>
  )
}

function OwnRows(props: DraftProps & { rows: readonly WrittenRow[] }) {
  const styles = useStyles()
  const said = linksWords()
  const { plan, draft, rows, problems, change } = props
  const system = (id: string) => plan.systems.find((one) => one.id === id)
  const put = (table: readonly WrittenRow[]) => change({ ...draft, table })
  return (
    <>
      <div className={styles.rows}>
        {rows.map((row, place) => (
          <RowFields
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place, and has no other name
            key={place}
            {...{ place, row }}
            source={system(draft.from)}
            target={system(draft.to)}
            problems={problems.filter(({ path }) => isAt(path, place))}
            isLast={place === rows.length - 1}
            change={(next) => put(rows.with(place, next))}
            move={(by) => put(rows.with(place, rows[place + by]!).with(place + by, row))}
            remove={() => put(rows.toSpliced(place, 1))}
          />
        ))}
      </div>
      <div className={styles.buttons}>
        <Button onClick={() => put([...rows, { when: {}, act: 'release' }])}>{said.addRow}</Button>
        <Button
          onClick={() => {
            const { table: _, ...rest } = draft
            change(rest as LinkItem)
          }}
        >
          {said.presetRows}
        </Button>
      </div>
    </>
  )
}

/** `tenants[0].links[2].table[1].state` is at row 1. */
function isAt(path: string, place: number): boolean {
  return new RegExp(`\\.table\\[${place}\\]`).test(path)
}
