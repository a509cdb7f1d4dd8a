import { readFileSync } from 'node:fs'
import { strToU8, zipSync } from 'fflate'
import { type AppWish, colorIcon, describeApp, germanApp, germanFile, outlineIcon } from './manifest.ts'

/** The app as Teams takes it: a ZIP with the manifest, its German words and two icons. The same for the same wish. */
export function packApp(wish: AppWish): Uint8Array {
  const json = (value: object) => strToU8(`${JSON.stringify(value, undefined, 2)}\n`)
  const icon = (name: string) => new Uint8Array(readFileSync(new URL(name, import.meta.url)))
  return zipSync(
    {
      'manifest.json': json(describeApp(wish)),
      [germanFile]: json(germanApp()),
      [colorIcon]: icon(colorIcon),
      [outlineIcon]: icon(outlineIcon),
    },
    // The oldest time that a ZIP can have.
    { mtime: new Date(1980, 0, 1) },
  )
}
