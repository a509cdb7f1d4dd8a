import { byteOrderMark, csvLine } from '../../../core/csv.ts'
import type { CoverageRow } from '../../../core/roster-port.ts'
import { type CoverageSource, cutCoverage } from './coverage.ts'
import { writtenPeople } from './people-table.ts'
import { columnsOf, foundColumn, tellingColumns } from './table-columns.ts'

/** So many are in memory at once. */
const rowsAtOnce = 5000

/** Everyone with what the configuration says of them, where they were found, and how they stand. */
export async function* writeTable(
  source: Omit<CoverageSource, 'leftOut' | 'came'>,
  readLate: () => Promise<Pick<CoverageSource, 'leftOut' | 'came'>>,
): AsyncGenerator<string> {
  const { config } = source
  const columns = columnsOf(config)
  const connectors = config.connectors.map(({ id }) => id)
  const written = writtenPeople(config)
  const names = ['upn', ...columns.map(({ name }) => name), ...connectors.map(foundColumn), ...tellingColumns]
  yield byteOrderMark + csvLine(names)
  const late = await readLate()
  const lineOf = ({ id, upn, displayName, kinds, notes, systems, cameAt }: CoverageRow) =>
    csvLine([
      upn,
      ...columns.map((column) => column.textOf(written.get(id))),
      ...connectors.map((id) => systems.find(({ connector }) => connector === id)?.addresses.join(';') ?? ''),
      displayName,
      kinds.join(';'),
      notes.map(({ reason }) => reason).join('; '),
      cameAt === undefined ? '' : new Date(cameAt).toISOString().slice(0, 10),
    ])
  for (let offset = 0; ; offset += rowsAtOnce) {
    const query = { tenant: config.id, offset, limit: rowsAtOnce }
    const { rows, total } = cutCoverage(query, { ...source, ...late })
    if (rows.length > 0) yield rows.map(lineOf).join('')
    if (offset + rowsAtOnce >= total) return
  }
}
