import { Button, makeStyles, Spinner } from '@fluentui/react-components'
import { useId, useState } from 'react'
import type { TableReport } from '../../../src/core/roster-port.ts'
import { DoneNote } from '../frame/done-note.tsx'
import { Refused } from '../frame/refused.tsx'
import { SideDrawer } from '../frame/side-drawer.tsx'
import { HubError } from '../live/http.ts'
import { useSending } from '../session/use-sending.ts'
import { previewTable, takeTable } from './roster-client.ts'
import { rosterWords } from './roster-words.ts'
import { TableChanges, TableProblems } from './table-report.tsx'

const largest = 1_000_000

const useStyles = makeStyles({
  text: { margin: 0 },
  file: { display: 'flex', flexDirection: 'column', gap: '4px', '& input': { maxWidth: '100%' } },
})

interface Table {
  readonly csv: string
  readonly report: TableReport
}

interface ImportDrawerProps {
  readonly tenant: string
  close(): void
  taken(): void
}

/** People from a table: first what it would change and what is wrong, then, if that is meant, the change. */
export function ImportDrawer({ tenant, close, taken }: ImportDrawerProps) {
  const styles = useStyles()
  const said = rosterWords()
  const [table, setTable] = useState<Table>()
  const [done, setDone] = useState<number>()
  const { busy, refused, send } = useSending()
  const id = useId()
  const look = (file: File | undefined) => {
    setTable(undefined)
    setDone(undefined)
    if (!file) return
    send(async () => {
      if (file.size > largest) throw new HubError(413, said.tooLarge)
      const csv = await file.text()
      setTable({ csv, report: await previewTable(tenant, csv) })
    })
  }
  const take = ({ csv, report }: Table) =>
    send(async () => {
      await takeTable(tenant, csv, report.version)
      setTable(undefined)
      setDone(report.changes.length)
      taken()
    })
  return (
    <SideDrawer title={said.importTitle} width={620} close={close}>
      <p className={styles.text}>{said.importText}</p>
      <div className={styles.file}>
        <label htmlFor={id}>{said.chooseFile}</label>
        <input
          id={id}
          type="file"
          accept=".csv,text/csv"
          onChange={({ target }) => {
            look(target.files?.[0])
            // The same file again, mended, is a change too.
            target.value = ''
          }}
        />
      </div>
      {busy && <Spinner label={said.previewing} />}
      <Refused text={refused} />
      {done !== undefined && <DoneNote>{said.taken(done)}</DoneNote>}
      {table && (
        <>
          <TableProblems problems={table.report.problems} />
          <TableChanges report={table.report} />
          {table.report.problems.length === 0 && table.report.changes.length > 0 && (
            <div>
              <Button appearance="primary" disabled={busy} onClick={() => take(table)}>
                {said.take(table.report.changes.length)}
              </Button>
            </div>
          )}
        </>
      )}
    </SideDrawer>
  )
}
