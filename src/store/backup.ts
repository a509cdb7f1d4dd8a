import { closeSync, createWriteStream, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type BackupHead, endLine } from './backup-format.ts'
import { openBackup, verifyBackup } from './backup-reader.ts'
import { pagesOf, startSum, type TableSum } from './copy.ts'
import { explainFailure, StoreFailure } from './failure.ts'
import type { FillStore } from './fill.ts'
import { loadMigrations } from './migrations.ts'
import { type StorePlace, serverOf } from './open-store.ts'
import type { Snapshot } from './snapshot.ts'
import { tables } from './tables.ts'

export interface BackupWish {
  readonly place: StorePlace
  /** Must not be there; it is readable for its owner only. */
  readonly file: string
  readonly program: string
  /** Wall clock, milliseconds. */
  readonly now: number
}

export interface BackupReport {
  readonly head: BackupHead
  readonly sums: readonly TableSum[]
}

/** Writes everything that a store holds at one moment, beside a hub that may run; the file is there whole or not at all. Rejects with StoreFailure. */
export async function makeBackup({ place, file, program, now }: BackupWish): Promise<BackupReport> {
  if (existsSync(file)) throw new StoreFailure('failed', `${file} is there already. Name another file`)
  const snapshot = await openSnapshot(place)
  const made = `${file}.partial`
  try {
    const head: BackupHead = {
      ...{ format: 'hookswitch-backup', formatVersion: 1, program, madeAt: new Date(now).toISOString() },
      ...{ from: place.kind, schema: snapshot.schema, tables: Object.values(tables) },
    }
    const sums: TableSum[] = []
    await pipeline(
      Readable.from(write(snapshot, head, sums)),
      createGzip(),
      createWriteStream(made, { flags: 'wx', mode: 0o600, flush: true }),
    )
    renameSync(made, file)
    const folder = openSync(dirname(file), 'r')
    fsyncSync(folder)
    closeSync(folder)
    return { head, sums }
  } catch (error) {
    // One that somebody else is writing is theirs.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') rmSync(made, { force: true })
    throw explainWriting(error, made)
  } finally {
    await snapshot.close()
  }
}

function explainWriting(error: unknown, file: string): StoreFailure {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EEXIST')
    return new StoreFailure(
      'failed',
      `${file} is there: another backup writes it, or one was killed. Remove it`,
    )
  if (code === 'ENOENT') return new StoreFailure('failed', `${dirname(file)} is no folder. Make it first`)
  return explainFailure(error, file)
}

async function* write(snapshot: Snapshot, head: BackupHead, sums: TableSum[]): AsyncGenerator<string> {
  yield `${JSON.stringify(head)}\n`
  for (const table of head.tables) {
    yield `${JSON.stringify({ table: table.name })}\n`
    const sum = startSum(table)
    for await (const page of pagesOf(table, snapshot.read)) yield sum.add(page)
    const whole = sum.end()
    sums.push(whole)
    yield `${JSON.stringify({ sum: whole })}\n`
  }
  yield endLine
}

async function openSnapshot(place: StorePlace): Promise<Snapshot> {
  if (place.kind === 'sqlite') return (await import('./sqlite/table-reader.ts')).openSnapshot(place.path)
  return (await import('./postgresql/table-reader.ts')).openSnapshot(serverOf(place))
}

export interface RestoreWish {
  readonly place: StorePlace
  readonly file: string
  /** Wall clock, milliseconds. */
  readonly now: number
}

/**
 * Fills an empty store from a backup, of whichever store it is: the whole file is verified first, and what was written
 * is read back and compared. Rejects with StoreFailure; nothing is kept then.
 */
export async function restoreBackup({ place, file, now }: RestoreWish): Promise<BackupReport> {
  const { head } = await verifyBackup(file)
  const known = loadMigrations().length
  if (head.schema > known)
    throw new StoreFailure(
      'newer-schema',
      `${file} was made by Hookswitch ${head.program}, which is newer: its schema has version ${head.schema}, this program knows up to version ${known}. Restore it with that one`,
    )
  const backup = await openBackup(file)
  try {
    const fill = { tables: head.tables, read: backup.read, schema: head.schema, now }
    return { head, sums: await fillPlace(place, fill) }
  } finally {
    await backup.close()
  }
}

async function fillPlace(place: StorePlace, fill: FillStore) {
  if (place.kind === 'sqlite') return (await import('./sqlite/fill.ts')).fillDirectory(place.path, fill)
  const { fillSchema } = await import('./postgresql/fill.ts')
  return fillSchema({ ...fill, server: serverOf(place), command: 'restore' })
}
