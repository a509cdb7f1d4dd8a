import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expectedRows } from '../system/rows/fixture.ts'

const id = /(?:SW|CT|UN|MM|VO|X|G)-\d\d/
const list = new RegExp(`^(?:(?:${id.source})(?:\\.\\.(?:${id.source}|\\d\\d))?(?:, | and |/| )?)+(?=:| |$)`)

/** `MM-04..09`, `MM-04..MM-09` and `SW-13, SW-14` as single IDs. */
export function expandIds(text: string): readonly string[] {
  const found = text.matchAll(/(SW|CT|UN|MM|VO|X|G)-(\d\d)(?:\.\.(?:\1-)?(\d\d))?/g)
  return [...found].flatMap(([, prefix, first, last = first]) =>
    Array.from(
      { length: Number(last) - Number(first) + 1 },
      (_, step) => `${prefix}-${String(Number(first) + step).padStart(2, '0')}`,
    ),
  )
}

/** The IDs that the name of a test begins with. */
export function idsOfTitle(title: string): readonly string[] {
  const head = list.exec(title)?.[0]
  return head === undefined ? [] : expandIds(head)
}

/** The IDs that names of tests in a source text begin with. */
export function idsOfText(text: string): readonly string[] {
  const titles = text.matchAll(/['"`]((?:SW|CT|UN|MM|VO|X|G)-\d\d[^'"`\n]*)/g)
  return [...titles].flatMap(([, title = '']) => idsOfTitle(title))
}

/** The test whose names come from rows.json. */
const rowsTest = 'test/system/rows.test.ts'

/** Which test files carry which ID, files in alphabetical order. */
export function scanTests(root: string): ReadonlyMap<string, readonly string[]> {
  const carriers = new Map<string, Set<string>>()
  const add = (one: string, file: string) => {
    const files = carriers.get(one)
    if (files) files.add(file)
    else carriers.set(one, new Set([file]))
  }
  const files = ['src', 'test', 'web'].flatMap((folder) =>
    globSync(`${folder}/**/*.test.{ts,tsx}`, { cwd: root, exclude: (name) => name === 'node_modules' }),
  )
  for (const file of files) {
    if (file === 'test/requirements.test.ts') continue
    for (const one of idsOfText(readFileSync(join(root, file), 'utf8'))) add(one, file)
  }
  for (const row of expectedRows) for (const one of row.ids) add(one, rowsTest)
  return new Map([...carriers].map(([one, found]) => [one, [...found].sort()]))
}
