import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs with a directory of its own, which is gone afterwards. */
export async function withDirectory<T>(run: (path: string) => Promise<T>): Promise<T> {
  const path = mkdtempSync(join(tmpdir(), 'hookswitch-bench-'))
  try {
    return await run(path)
  } finally {
    rmSync(path, { recursive: true, force: true })
  }
}
