import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const forOwner = { mode: 0o700 }

/**
 * Makes a directory, and those above it, for its owner only; nothing where it is there.
 *
 * Not by mkdir's own `recursive`: Node 24 then asks for ever where the directory above exists and the system says
 * ENOENT all the same, which is what Linux says below /proc.
 * @param directory absolute.
 * @throws the error of the file system.
 */
export function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, forOwner)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && isDirectory(directory)) return
    const above = dirname(directory)
    if (code !== 'ENOENT' || above === directory || isDirectory(above)) throw error
    makeDirectory(above)
    makeDirectory(directory)
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
