import { Button, Field, makeStyles, Select, tokens } from '@fluentui/react-components'
import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down'
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up'
import { DeleteRegular } from '@fluentui/react-icons/svg/delete'
import type { ConfigProblem } from '../../../src/core/config-port.ts'
import type { PlannedSystem } from '../../../src/core/link-plan.ts'
import { ProblemSpan } from '../form/problem-span.tsx'
import { english } from '../language/english.ts'
import { words } from '../language/words.ts'
import { pairLabel } from '../words/presence-words.ts'
import type { WrittenRow } from './link-rules.ts'
import { linksWords } from './links-words.ts'

const useStyles = makeStyles({
  row: {
    margin: 0,
    padding: '4px 12px 12px',
    minWidth: 0,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  legend: { padding: '0 6px', fontWeight: tokens.fontWeightSemibold },
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(150px, 100%), 1fr))',
    gap: '8px 12px',
    alignItems: 'end',
    '& select': { minWidth: 0, width: '100%' },
  },
  buttons: { display: 'flex', gap: '4px' },
  problem: { margin: '8px 0 0', color: tokens.colorPaletteRedForeground1 },
})

export interface RowFieldsProps {
  readonly place: number
  readonly row: WrittenRow
  readonly source: PlannedSystem | undefined
  readonly target: PlannedSystem | undefined
  readonly problems: readonly ConfigProblem[]
  readonly isLast: boolean
  change(row: WrittenRow): void
  move(by: -1 | 1): void
  remove(): void
}

const everyState = Object.keys(english.codes.states)
const availabilities = ['available', 'away', 'beRightBack', 'busy', 'doNotDisturb', 'offline', 'unknown']

/** One row: conditions that the source can fulfil, and what is done at the target. */
export function RowFields(props: RowFieldsProps) {
  const styles = useStyles()
  const said = linksWords()
  const { place, row, problems, change } = props
  return (
    <fieldset className={styles.row}>
      <legend className={styles.legend}>{said.row(place + 1)}</legend>
      <div className={styles.fields}>
        <Conditions {...props} />
        <Field label={said.act}>
          <Select
            value={row.act}
            onChange={(_, { value }) => {
              const { state: _state, ...rest } = row
              const act = value as WrittenRow['act']
              const first = props.target?.settable[0]
              change(act === 'set' && first ? { ...rest, act, state: first } : { ...rest, act })
            }}
          >
            {(['set', 'release', 'hold'] as const).map((act) => (
              <option key={act} value={act}>
                {said.acts[act]}
              </option>
            ))}
          </Select>
        </Field>
        {row.act === 'set' && <StateField {...props} />}
        <div className={styles.buttons}>
          <Button
            icon={<ArrowUpRegular />}
            aria-label={said.up(place + 1)}
            disabled={place === 0}
            onClick={() => props.move(-1)}
          />
          <Button
            icon={<ArrowDownRegular />}
            aria-label={said.down(place + 1)}
            disabled={props.isLast}
            onClick={() => props.move(1)}
          />
          <Button icon={<DeleteRegular />} aria-label={said.removeRow(place + 1)} onClick={props.remove} />
        </div>
      </div>
      {problems.map((problem) => (
        <p key={`${problem.path} ${problem.message}`} role="alert" className={styles.problem}>
          <ProblemSpan problem={problem} />
        </p>
      ))}
    </fieldset>
  )
}

function Conditions({ row, source, change }: RowFieldsProps) {
  const said = linksWords()
  const { codes } = words()
  const when = row.when ?? {}
  const set = (key: keyof typeof when, value: string | boolean | undefined) => {
    const { [key]: _, ...rest } = when
    change({ ...row, when: value === undefined ? rest : { ...rest, [key]: value } })
  }
  const pairs = source && source.shows !== 'any' ? source.shows.map((pair) => pair.split('/')) : undefined
  const lefts = pairs
    ? availabilities.filter((word) => pairs.some(([left]) => left === word))
    : availabilities
  const rights = pairs
    ? everyState.filter((word) =>
        pairs.some(([left, right]) => right === word && (when.availability ?? left) === left),
      )
    : everyState
  const states = (label: string, key: 'availability' | 'activity', options: readonly string[]) => {
    const now = when[key]
    const all = now !== undefined && !options.includes(now) ? [...options, now] : options
    return (
      <Field label={label}>
        <Select value={now ?? ''} onChange={(_, { value }) => set(key, value === '' ? undefined : value)}>
          <option value="">{said.any}</option>
          {all.map((word) => (
            <option key={word} value={word}>
              {codes.states[word as keyof typeof codes.states] ?? word}
            </option>
          ))}
        </Select>
      </Field>
    )
  }
  return (
    <>
      {states(said.availability, 'availability', lefts)}
      {states(said.activity, 'activity', rights)}
      <Field label={said.outOfOffice}>
        <Select
          value={when.outOfOffice === undefined ? '' : String(when.outOfOffice)}
          onChange={(_, { value }) => set('outOfOffice', value === '' ? undefined : value === 'true')}
        >
          <option value="">{said.any}</option>
          <option value="true">{said.yes}</option>
          <option value="false">{said.no}</option>
        </Select>
      </Field>
      <Field label={said.chosen}>
        <Select
          value={when.chosen ?? ''}
          onChange={(_, { value }) => set('chosen', value === '' ? undefined : value)}
        >
          <option value="">{said.any}</option>
          {(['yes', 'no', 'unknown'] as const).map((word) => (
            <option key={word} value={word}>
              {said[word]}
            </option>
          ))}
        </Select>
      </Field>
    </>
  )
}

function StateField({ row, target, change }: RowFieldsProps) {
  const said = linksWords()
  const settable = target?.settable ?? []
  const known = row.state === undefined || settable.some((pair) => pair === row.state)
  return (
    <Field label={said.shown}>
      <Select value={row.state ?? ''} onChange={(_, { value }) => change({ ...row, state: value })}>
        {!known && <option value={row.state}>{said.stateUnknown(row.state ?? '')}</option>}
        {settable.map((pair) => (
          <option key={pair} value={pair}>
            {pairLabel(pair)}
          </option>
        ))}
      </Select>
    </Field>
  )
}
