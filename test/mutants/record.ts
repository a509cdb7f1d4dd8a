import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const page = 'test/mutants/README.md'
const mark = /(<!-- last run -->\n).*(?=\n<!-- end -->)/s

/** Writes when, on which commit and with what outcome the whole list was run, between the marks of the page. */
export function record(root: string, { caught, of }: { readonly caught: number; readonly of: number }): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
  const changed = git('status', '--porcelain', '--', 'src', 'test', `:!${page}`) !== ''
  const commit = `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with uncommitted changes' : ''}`
  const day = new Date().toISOString().slice(0, 10)
  const line = `Last run of the whole list: ${day}, commit ${commit}: ${caught} of ${of} faults caught.`
  const path = join(root, page)
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(mark, (_all, start: string) => `${start}${line}`),
  )
}
