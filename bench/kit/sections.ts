import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = fileURLToPath(new URL('../../docs/figures.md', import.meta.url))

const beginning = `# Measured figures

Written by the commands of [bench/](../bench/README.md) with \`--markdown\`; that page says what each of them measures and
what it leaves out. Do not edit by hand: run the command again.
`

/** Puts a benchmark's section in the place of its former one, or at the end. */
export function writeSection(name: string, text: string): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : beginning
  const [from, to] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`]
  const section = `${from}\n\n${text}\n\n${to}`
  const [start, end] = [before.indexOf(from), before.indexOf(to)]
  const whole =
    start >= 0 && end > start
      ? before.slice(0, start) + section + before.slice(end + to.length)
      : `${before.trimEnd()}\n\n${section}\n`
  writeFileSync(file, whole)
}
