import { promisify } from 'node:util'
import zlib from 'node:zlib'
import type { DirectoryEntry } from '../../core/connector.ts'

const deflate = promisify(zlib.deflate)
const inflate = promisify(zlib.inflate)

/** So many at a time: no large pieces of memory are asked for, and the thread is never held up for long. */
const entriesAPiece = 1000

/** A directory as it is kept between two looks at it: a tenth of the size that its entries have as objects. */
export type PackedDirectory = readonly Uint8Array[]

export async function packDirectory(entries: readonly DirectoryEntry[]): Promise<PackedDirectory> {
  const pieces: Uint8Array[] = []
  for (let at = 0; at < entries.length; at += entriesAPiece) {
    // A copy: what zlib answers is the beginning of a buffer twice the size.
    pieces.push(new Uint8Array(await deflate(JSON.stringify(entries.slice(at, at + entriesAPiece)))))
  }
  return pieces
}

export async function* unpackDirectory(packed: PackedDirectory): AsyncGenerator<DirectoryEntry> {
  for (const piece of packed) yield* JSON.parse((await inflate(piece)).toString()) as DirectoryEntry[]
}

/** True for the same entries in the same order. */
export function isSameDirectory(one: PackedDirectory, other: PackedDirectory): boolean {
  return (
    one.length === other.length && one.every((piece, index) => Buffer.compare(piece, other[index]!) === 0)
  )
}
