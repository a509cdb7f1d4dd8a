import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { presets } from '../../presets/catalog.ts'
import { presetDocs } from '../../presets/page.ts'
import { main } from './main.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookswitch-preset-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function run(...argv: string[]) {
  const said = { out: '', err: '' }
  const io = {
    out: (text: string) => {
      said.out += text
    },
    err: (text: string) => {
      said.err += text
    },
    env: {},
    cwd: folder,
    interactive: false,
    ask: async () => 'no',
    interrupted: () => new Promise<string>(() => {}),
  }
  return { code: await main(argv, io), ...said }
}

function write(links: readonly Record<string, unknown>[], preset = 'default') {
  const teams = { id: 'teams', type: 'teams', entraTenantId: '7e0c3c5a-1f5b-4a55-9c1e-6d1f0a2b3c4d' }
  const connectors = [
    { ...teams, clientId: '2b9d6f10-8c3e-4f7a-b1d2-5e6f7a8b9c0d', clientSecret: 'lab-secret' },
    { id: 'pbx', type: 'asterisk', host: '127.0.0.1', username: 'u', secret: 's' },
  ]
  const config = { tenants: [{ id: 'contoso', preset, connectors, people: [], links }] }
  writeFileSync(join(folder, 'hookswitch.yaml'), JSON.stringify(config))
}

test('docs/presets.md is what the presets say (else: npx hookswitch preset docs > docs/presets.md)', () => {
  const page = readFileSync(new URL('../../../docs/presets.md', import.meta.url), 'utf8')
  expect(page).toBe(presetDocs(Object.values(presets)))
})

describe('hookswitch preset', () => {
  test('UN-07: list names every preset with its directions', async () => {
    const { code, out } = await run('preset', 'list')
    expect(code).toBe(0)
    for (const id of Object.keys(presets)) expect(out).toMatch(new RegExp(`^${id} `, 'm'))
  })

  test('UN-11: show prints the mapping with source, filters and what a call in Teams does not do', async () => {
    const { out } = await run('preset', 'show', 'swyx')
    expect(out).toMatch(/Presenting \| availability doNotDisturb, activity presenting \| show In a call/)
    expect(out).toMatch(/Source: https:\/\/help\.enreach\.com\S+ \(transcribed \d{4}-\d\d-\d\d/)
    expect(out).toMatch(/Busy on busy does not count it/)
    expect(out).toMatch(/Promised delay: at most 3 s/)
  })

  test('show of a preset there is not names a near one', async () => {
    const { code, err } = await run('preset', 'show', 'swix')
    expect([code, err]).toEqual([64, expect.stringContaining('Did you mean "swyx"?')])
  })

  test('diff tells what a link changed, row by row, and how to restore it', async () => {
    const table = [
      { when: { activity: 'inACall' }, act: 'set', state: 'busy/inACall' },
      { when: { availability: 'doNotDisturb' }, act: 'set', state: 'doNotDisturb/presenting' },
    ]
    write([{ from: 'pbx', to: 'teams', preset: 'vodia', table, ringing: false }])
    const { code, out } = await run('preset', 'diff', 'pbx:teams')
    expect(code).toBe(0)
    expect(out.split('\n')).toEqual([
      'contoso: pbx to teams, compared with preset vodia (phone to teams)',
      '  - row 2 when availability doNotDisturb: show Do not disturb (doNotDisturb/doNotDisturb)',
      '  + row 2 when availability doNotDisturb: show Presenting (doNotDisturb/presenting)',
      '  - row 3 when always: take back what was written',
      '  - calls: ringing',
      '  + calls: not ringing',
      '  to restore: remove table, ringing from this link',
      '',
    ])
  })

  test('diff without a name compares every link with its own preset, that of the tenant included', async () => {
    write(
      [
        { from: 'pbx', to: 'teams' },
        { from: 'teams', to: 'pbx', silenceTeams: false },
      ],
      'swyx',
    )
    const { out } = await run('preset', 'diff')
    expect(out).toBe(
      'contoso: pbx to teams, compared with preset swyx (phone to teams)\n  the same\n' +
        'contoso: teams to pbx, compared with preset swyx (teams to phone)\n  the same\n',
    )
  })

  test('diff with a preset compares every link with it', async () => {
    write([{ from: 'pbx', to: 'teams' }])
    const { out } = await run('preset', 'diff', 'connecttoteams')
    expect(out).toMatch(/\+ calls: not star codes/)
    expect(out).toMatch(/to restore: write preset: connecttoteams at this link/)
  })

  test('diff of a link there is not names the links there are', async () => {
    write([{ from: 'pbx', to: 'teams' }])
    expect((await run('preset', 'diff', 'pbx:team')).err).toContain('Did you mean "pbx:teams"?')
  })
})
