import { execFile } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Whether a source of the page is newer than the built one, or nothing was built yet. */
function isStale(): boolean {
  const built = join(root, 'dist/web/index.html')
  if (!existsSync(built)) return true
  const { mtimeMs } = statSync(built)
  return globSync('web/**/*.{ts,tsx,css,html}', { cwd: root }).some(
    (file) => statSync(join(root, file)).mtimeMs > mtimeMs,
  )
}

/**
 * Builds the board's page where it is missing or older than its sources.
 * @returns Why it could not be built; undefined when all is well.
 */
export async function ensureBoard(say: (text: string) => void): Promise<string | undefined> {
  if (!isStale()) return undefined
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  if (!existsSync(vite)) return 'its build tool is not installed (npm ci without --omit=dev installs it)'
  say('Building the board, once ...\n')
  try {
    await promisify(execFile)(process.execPath, [vite, 'build', 'web', '--logLevel', 'warn'], { cwd: root })
    return undefined
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    return `its build failed: ${stderr?.trim() || (error as Error).message}`
  }
}
