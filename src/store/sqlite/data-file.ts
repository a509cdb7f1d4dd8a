import { join, resolve } from 'node:path'

/** The one file of a data directory that holds rows. */
export function dataFile(directory: string): string {
  return join(resolve(directory), 'hookswitch.db')
}
