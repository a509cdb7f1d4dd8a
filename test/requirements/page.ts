import { readFileSync } from 'node:fs'
import type { IdResult, Results } from './results.ts'

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/requirements/${name}`, import.meta.url), 'utf8'))

export interface Requirement {
  readonly id: string
  /** F feature, M mapping row, R rule, L delay, P set-up step, C caveat, X contradiction, G gap. */
  readonly kind: string
  readonly about: string
}

export const requirements = fixture('ids.json') as readonly Requirement[]

/** Why an ID has no test, and where its equivalent is planned (`issue 5`) or described (a page below docs/). */
export interface Reason {
  readonly reason: string
  readonly see: string
}

export const withoutTest = fixture('without-test.json') as Readonly<Record<string, Reason>>

/** IDs whose reason is empty, or whose issue or page there is not. */
export function findUnfounded(reasons: typeof withoutTest, exists: (page: string) => boolean): string[] {
  return Object.entries(reasons).flatMap(([id, { reason, see }]) => {
    if (reason.trim() === '') return [`${id}: no reason`]
    if (/^issue [1-9]$/.test(see)) return []
    return /^docs\/[\w/-]+\.md$/.test(see) && exists(see)
      ? []
      : [`${id}: "${see}" is neither an issue nor a page`]
  })
}

function describeReason(found: Reason | undefined): string {
  if (!found) return 'no test: MISSING'
  const { reason, see } = found
  return `no test: ${reason} See ${see.startsWith('docs/') ? `[${see}](${see.slice('docs/'.length)})` : see}.`
}

/** Where our decision differs from the row, and why. The tests hold the decision. */
export const deviations = fixture('deviations.json') as Readonly<Record<string, string>>

const kinds: Readonly<Record<string, string>> = {
  F: 'feature',
  M: 'mapping',
  R: 'rule',
  L: 'delay',
  P: 'set-up',
  C: 'caveat',
  X: 'contradiction',
  G: 'gap',
}

const introduction = `# Coverage of the requirements

This page is generated from the names of the tests (\`npm run coverage:requirements\`); do not edit it.

Each row is one requirement, taken from the systems whose behaviour is reproduced (SW Swyx, CT ConnecttoTeams, UN Unaric
Voice, MM Mirage, VO Vodia), from what they contradict each other in (X), and from what none of them says (G). The
tests that carry an ID have it in their name. *Deviates* means that we decided otherwise; the tests hold the decision.`

/** Where the results are: they belong to one run on one machine, and this page to the tests as they are written. */
const whereResults = `What became of the tests is not on this page, which changes with the tests alone: \`npm test\` runs all of them, writes the
same page with a column of results to \`dist/coverage.md\`, and fails where a test that carries an ID failed or did not run.`

/** How many IDs have tests, have none for a reason, or have neither. */
export interface Tally {
  readonly tested: number
  readonly reasoned: number
  readonly missing: readonly string[]
}

export function tally(carriers: ReadonlyMap<string, readonly string[]>): Tally {
  const open = requirements.filter(({ id }) => !carriers.has(id))
  const missing = open.filter(({ id }) => withoutTest[id] === undefined).map(({ id }) => id)
  return {
    tested: requirements.length - open.length,
    reasoned: open.length - missing.length,
    missing,
  }
}

/** docs/coverage.md; with results, the same page with what became of the tests. */
export function coveragePage(carriers: ReadonlyMap<string, readonly string[]>, results?: Results): string {
  const { tested, reasoned } = tally(carriers)
  const lines = requirements.map(({ id, kind, about }) => {
    const files = carriers.get(id)?.map((file) => `[${file}](../${file})`)
    const shown = files?.join('<br>') ?? describeReason(withoutTest[id])
    const deviation = deviations[id] === undefined ? '' : `<br>*Deviates*: ${deviations[id]}`
    const row = `| ${id} | ${kinds[kind]} | ${about} | ${shown}${deviation} |`
    return results ? `${row} ${files ? describeResult(results.get(id)) : ''} |` : row
  })
  const summary = `${requirements.length} requirements: ${tested} shown by tests, ${reasoned} without a test for the reason given.`
  const head = results
    ? ['| id | kind | about | shown by | result |', '|---|---|---|---|---|']
    : ['| id | kind | about | shown by |', '|---|---|---|---|']
  return `${[introduction, ...(results ? [] : [whereResults]), summary, [...head, ...lines].join('\n')].join('\n\n')}\n`
}

function describeResult(result: IdResult | undefined): string {
  if (!result) return '**not run**'
  const { passed, failed, notRun } = result
  const counts = [
    passed > 0 ? `${passed} passed` : '',
    failed > 0 ? `**${failed} failed**` : '',
    notRun > 0 ? `**${notRun} not run**` : '',
  ]
  return counts.filter((count) => count !== '').join(', ')
}
