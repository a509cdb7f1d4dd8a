import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { labSystems } from '../src/apps/cli/lab-systems.ts'
import { registry } from '../src/apps/registry.ts'

const root = join(import.meta.dirname, '..')
const files = Object.values(registry).map(({ manifest }) => manifest.docs.replace(/#.*/, ''))
/** One page may tell of several types; Swyx is a composition of others (decision 0015). */
const pages = [...new Set([...files, 'docs/connectors/swyx.md'])]

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(root, page), 'utf8')
  const headings = text.split('\n').filter((line) => line.startsWith('## '))

  test.each([
    ['what it needs', /permission|licence/i],
    ['its set-up', /set-up|connector/i],
    ['its limits', /limits/i],
    ['what is documented and what is inferred', /documented|known|open points/i],
  ])('has a heading for %s', (_, heading) => {
    expect(headings.filter((line) => heading.test(line))).not.toEqual([])
  })

  test('its set-up is in numbered steps, and says how to try it in the lab', () => {
    expect(text).toMatch(/^1\. /m)
    expect(text).toMatch(/^3\. /m)
    const named = [...text.matchAll(/demo --with ([\w-]+)/g)].map(([, name]) => name!)
    for (const name of named) expect(Object.keys(labSystems)).toContain(name)
    expect(text).toContain('hookswitch demo')
  })
})

test('every system of the lab is tried by the page that it belongs to', () => {
  const all = pages.map((page) => readFileSync(join(root, page), 'utf8')).join('\n')
  for (const name of Object.keys(labSystems)) {
    expect(all).toMatch(new RegExp(`--with ${name}\\b|\\(or \`${name}\`\\)`))
  }
})
