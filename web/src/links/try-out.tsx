import { Button, Field, makeStyles, Select, Spinner, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { LinkTrialReport } from '../../../src/core/link-plan.ts'
import type { LinkItem, TenantItem } from '../configuration/configuration-client.ts'
import { DataTable } from '../frame/data-table.tsx'
import { HubSpan } from '../words/hub-text.tsx'
import { pairLabel } from '../words/presence-words.ts'
import { durationText, exactText } from '../words/time.ts'
import { tryLink } from './links-client.ts'
import { linksWords } from './links-words.ts'

const useStyles = makeStyles({
  hint: { margin: '0 0 12px', color: tokens.colorNeutralForeground2 },
  form: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'flex-end', marginBottom: '12px' },
  text: { margin: '0 0 8px' },
})

const periods = { day: 24, week: 168 } as const

export interface TryOutProps {
  readonly tenant: TenantItem
  readonly draft: LinkItem
  /** What was refused, with its problems. */
  failed(error: Error): void
}

/** What the draft would have changed in the past, before it is saved. */
export function TryOut({ tenant, draft, failed }: TryOutProps) {
  const styles = useStyles()
  const said = linksWords()
  const [period, setPeriod] = useState<keyof typeof periods>('day')
  const [busy, setBusy] = useState(false)
  const [found, setFound] = useState<{ readonly of: LinkItem; readonly report: LinkTrialReport }>()
  const run = () => {
    setBusy(true)
    tryLink(tenant, draft, periods[period])
      .then((report) => setFound({ of: draft, report }), failed)
      .finally(() => setBusy(false))
  }
  return (
    <>
      <p className={styles.hint}>{said.tryOutText}</p>
      <div className={styles.form}>
        <Field label={said.period}>
          <Select value={period} onChange={(_, { value }) => setPeriod(value as keyof typeof periods)}>
            <option value="day">{said.periods.day}</option>
            <option value="week">{said.periods.week}</option>
          </Select>
        </Field>
        <Button disabled={busy} onClick={run}>
          {said.tryIt}
        </Button>
        {busy && <Spinner size="tiny" label={said.trying} />}
      </div>
      <div role="status">{found && found.of === draft && <Report report={found.report} />}</div>
    </>
  )
}

function Report({ report }: { report: LinkTrialReport }) {
  const styles = useStyles()
  const said = linksWords()
  const { nothing, differences, states } = report
  if (nothing !== undefined) {
    return (
      <p className={styles.text}>
        <HubSpan>{nothing}</HubSpan>
      </p>
    )
  }
  const now = Date.now()
  const state = (pair: string | undefined) => (pair === undefined ? said.nothing : pairLabel(pair))
  return (
    <>
      <p className={styles.text}>
        {said.tried(report.rows, report.people)}{' '}
        {states === 0 ? said.nothingDiffers : said.differs(states, durationText(0, report.milliseconds))}{' '}
        {said.callsDiffer(report.blocked, report.unblocked)}{' '}
        {report.skipped > 0 && said.skipped(report.skipped)}{' '}
        {differences.length < states && said.firstOnly(differences.length)}
      </p>
      {differences.length > 0 && (
        <DataTable
          label={said.tryOut}
          heads={[said.at, said.person, said.to, said.was, said.would]}
          lines={differences.map(({ from, to, person, connector, address, slot, was, would }) => ({
            key: `${person} ${connector} ${address} ${slot} ${from}`,
            cells: [
              `${exactText(from, now)}, ${durationText(from, to)}`,
              ...[person, `${connector} ${address}`, state(was), state(would)],
            ],
          }))}
        />
      )}
    </>
  )
}
