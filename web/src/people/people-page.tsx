import {
  Button,
  MessageBar,
  MessageBarBody,
  makeStyles,
  SearchBox,
  Select,
  tokens,
} from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { ArrowUploadRegular } from '@fluentui/react-icons/svg/arrow-upload'
import { type ReactNode, useState } from 'react'
import type { CoverageKind, CoverageRow, RosterView } from '../../../src/core/roster-port.ts'
import type { PageContext } from '../frame/page-context.ts'
import { PageEmpty, PageFailed, PageLoading } from '../frame/page-state.tsx'
import { Refused } from '../frame/refused.tsx'
import { words } from '../language/words.ts'
import { download } from '../live/download.ts'
import { useAnswer } from '../live/use-answer.ts'
import { HubSpan } from '../words/hub-text.tsx'
import { BulkSwitches } from './bulk-switches.tsx'
import { CoverageList } from './coverage-list.tsx'
import { ImportDrawer } from './import-drawer.tsx'
import { KindFilter } from './kind-filter.tsx'
import { readRoster, tablePath } from './roster-client.ts'
import { rosterWords } from './roster-words.ts'
import { StandingDrawer } from './standing-drawer.tsx'
import { useCoverage } from './use-coverage.ts'

const useStyles = makeStyles({
  tools: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', flexShrink: 0 },
  search: { flex: '1 1 220px', maxWidth: '360px' },
  count: { color: tokens.colorNeutralForeground2, marginRight: 'auto' },
  note: { flexShrink: 0 },
})

/** Everyone of a tenant: kept in step, or not and why; conflicts are settled here by hand. */
export default function PeoplePage({ tenants, systems, query }: PageContext) {
  const all = tenants.length > 0 ? tenants : [...new Set(systems.value?.connectors.map((one) => one.tenant))]
  const [chosen, choose] = useState(query.get('tenant') ?? undefined)
  const tenant = all.find((one) => one === chosen) ?? all[0]
  return <TenantPeople key={tenant} tenant={tenant} tenants={all} choose={choose} />
}

interface TenantPeopleProps {
  /** Undefined until it is known, and where there is only one. */
  readonly tenant: string | undefined
  readonly tenants: readonly string[]
  choose(tenant: string): void
}

function TenantPeople({ tenant, tenants, choose }: TenantPeopleProps) {
  const [text, setText] = useState('')
  const [kind, setKind] = useState<CoverageKind>()
  const [neverCame, setNeverCame] = useState(false)
  const [turn, setTurn] = useState(0)
  const [open, setOpen] = useState<CoverageRow>()
  const [importing, setImporting] = useState(false)
  const wanted = { tenant, text, kind, neverCame: neverCame || undefined }
  const roster = useAnswer(tenant ?? '', (signal) => readRoster(tenant, signal))
  const coverage = useCoverage(wanted, turn)
  const changed = () => setTurn((last) => last + 1)
  // As newly read after a change; who does not fit the filter any more stays open as they were.
  const shown = open && ([...coverage.rows.values()].find(({ id }) => id === open.id) ?? open)
  if (roster.error && !roster.value) return <PageFailed reason={roster.error.message} />
  if (!roster.value) return <PageLoading />
  return (
    <>
      <Tools
        {...{ tenant, tenants, choose, text, setText, roster: roster.value, total: coverage.total }}
        startImport={() => setImporting(true)}
        bulk={<BulkSwitches wanted={{ ...wanted, tenant: roster.value.tenant }} {...{ coverage, changed }} />}
      />
      {coverage.counts && (
        <KindFilter
          {...{ counts: coverage.counts, kind, choose: setKind }}
          never={{ count: coverage.neverCame, only: neverCame, choose: setNeverCame }}
        />
      )}
      <Listed
        coverage={coverage}
        filtered={text !== '' || kind !== undefined || neverCame}
        open={setOpen}
        again={changed}
      />
      {shown && (
        <StandingDrawer
          row={shown}
          roster={roster.value}
          close={() => setOpen(undefined)}
          changed={changed}
        />
      )}
      {importing && (
        <ImportDrawer tenant={roster.value.tenant} close={() => setImporting(false)} taken={changed} />
      )}
    </>
  )
}

interface ToolsProps extends TenantPeopleProps {
  readonly text: string
  setText(text: string): void
  readonly roster: RosterView
  readonly total: number
  startImport(): void
  readonly bulk: ReactNode
}

function Tools(props: ToolsProps) {
  const styles = useStyles()
  const said = rosterWords()
  const { board } = words()
  const [failed, setFailed] = useState<string>()
  const keep = () => {
    setFailed(undefined)
    download(tablePath(props.roster.tenant), `${props.roster.tenant}.csv`).catch((reason: Error) =>
      setFailed(reason.message),
    )
  }
  return (
    <>
      <div className={styles.tools}>
        {props.tenants.length > 1 && (
          <Select
            aria-label={board.tenant}
            value={props.tenant ?? ''}
            onChange={(_, { value }) => props.choose(value)}
          >
            {props.tenants.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </Select>
        )}
        <SearchBox
          className={styles.search}
          aria-label={said.search}
          placeholder={said.searchHint}
          value={props.text}
          onChange={(_, { value }) => props.setText(value)}
        />
        <span role="status" className={styles.count}>
          {said.found(props.total)}
        </span>
        {props.bulk}
        <Button icon={<ArrowDownloadRegular />} onClick={keep}>
          {said.exportTable}
        </Button>
        {props.roster.readOnly === undefined && (
          <Button icon={<ArrowUploadRegular />} onClick={props.startImport}>
            {said.importTable}
          </Button>
        )}
      </div>
      {props.roster.readOnly !== undefined && (
        <MessageBar intent="info" layout="multiline" className={styles.note}>
          <MessageBarBody>
            <HubSpan>{props.roster.readOnly}</HubSpan>
          </MessageBarBody>
        </MessageBar>
      )}
      <Refused text={failed} className={styles.note} />
    </>
  )
}

interface ListedProps {
  readonly coverage: ReturnType<typeof useCoverage>
  readonly filtered: boolean
  open(row: CoverageRow): void
  again(): void
}

function Listed({ coverage, filtered, open, again }: ListedProps) {
  const roster = rosterWords()
  if (coverage.error) return <PageFailed reason={coverage.error.message} again={again} />
  if (!coverage.counts) return <PageLoading />
  if (coverage.total === 0) return <PageEmpty>{filtered ? roster.noneFits : roster.none}</PageEmpty>
  return <CoverageList coverage={coverage} open={open} />
}
