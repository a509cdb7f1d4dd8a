import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { commands } from '../src/apps/cli/main.ts'

/** Every command line of ours that a text tells somebody to type exists, with these options. */
const root = fileURLToPath(new URL('..', import.meta.url))
const files = (...patterns: readonly string[]) =>
  globSync(patterns, { cwd: root }).map((file) => ({ file, text: readFileSync(`${root}/${file}`, 'utf8') }))

/** A line of a page to be typed, behind a prompt, variables, another command, `npx` or the time of a cron table. */
const typed = /^(?: {4}|\t)?(?:\$ )?(?:.*&& )?(?:[A-Z_]+=\S+ )*(?:npx )?hookswitch (?<rest>[a-z-].*)$/
const quoted = /`(?:npx )?hookswitch (?<rest>[a-z-][^`]*)`/g
const started = /hookswitch\.js (?<rest>[a-z-].*)$/
/** In sentences of the program: as far as it reads like a command. */
const named = /hookswitch (?<rest>[a-z][a-z-]*(?: [a-z][a-z-]*)?(?: (?:--?[a-z-]+|[A-Z]+|\$\{[^}]*\}))*)/g

function wordsOf(rest: string): readonly string[] {
  const [line = ''] = rest.split(/ [|>&;#]|\s#/)
  return [...line.matchAll(/"[^"]*"|'[^']*'|\S+/g)].map(([word]) => word)
}

/** What is wrong with a command line, in words; undefined where nothing is. */
function faultOf(rest: string): string | undefined {
  const words = wordsOf(rest)
  if (words[0]?.startsWith('-') || words[0] === 'help') return undefined
  const found = [2, 1]
    .map((count) => commands.find(({ name }) => name === words.slice(0, count).join(' ')))
    .find((command) => command !== undefined)
  const isGroup = words.length === 1 && commands.some(({ name }) => name.startsWith(`${words[0]} `))
  if (isGroup) return undefined
  if (!found) return 'no such command'
  const flags = words.flatMap((word) => /^(--[a-z-]+|-[a-z]\b)/.exec(word)?.[1] ?? [])
  const shorts = Object.values(found.options).flatMap(({ short }) => (short ? [`-${short}`] : []))
  const known = [...Object.keys(found.options).map((name) => `--${name}`), ...shorts, '--help', '-h']
  const strange = flags.filter((flag) => !known.includes(flag))
  return strange.length > 0 ? `"${found.name}" has no ${strange.join(', ')}` : undefined
}

test('every command in the documentation and the files for operators exists, with its options', () => {
  const pages = files(
    'README.md',
    'CONTRIBUTING.md',
    'docs/**/*.md',
    'deploy/**/*.{md,yaml,txt,json,service}',
  )
  const lines = pages.flatMap(({ file, text }) =>
    text.split('\n').flatMap((line) => {
      const whole = typed.exec(line) ?? started.exec(line)
      return [...(whole ? [whole] : []), ...line.matchAll(quoted)].map(({ groups }) => ({
        ...{ file, rest: groups!.rest! },
      }))
    }),
  )
  expect(lines.length).toBeGreaterThan(100)
  const wrong = lines.flatMap(({ file, rest }) => {
    const fault = faultOf(rest)
    return fault === undefined ? [] : [`${file}: hookswitch ${rest}: ${fault}`]
  })
  expect(wrong).toEqual([])
})

test('every command that the program and the portal name with options exists, with these', () => {
  const sources = files('src/**/*.ts', 'web/src/**/*.{ts,tsx}').filter(({ file }) => !file.includes('.test.'))
  const told = sources.flatMap(({ file, text }) =>
    [...text.matchAll(named)].map(({ groups }) => ({ file, rest: groups!.rest! })),
  )
  const withOptions = told.filter(({ rest }) => rest.includes(' -'))
  expect(withOptions.length).toBeGreaterThan(15)
  const wrong = withOptions.flatMap(({ file, rest }) => {
    const fault = faultOf(rest)
    return fault === undefined ? [] : [`${file}: hookswitch ${rest}: ${fault}`]
  })
  expect(wrong).toEqual([])
})
