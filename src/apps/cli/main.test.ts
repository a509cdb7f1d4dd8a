import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Io } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { formatAge } from './explain.ts'
import { commands, main } from './main.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookswitch-cli-'))
})
const servers: Server[] = []
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
  for (const server of servers.splice(0)) server.close()
})

async function run(line: string | readonly string[], env: Record<string, string> = {}) {
  let [out, err] = ['', '']
  const io: Io = {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    env,
    cwd: folder,
    interactive: false,
    ask: async () => 'no',
    interrupted: () => new Promise(() => {}),
  }
  const argv = typeof line === 'string' ? line.split(' ').filter(Boolean) : line
  return { code: await main(argv, io), out, err }
}

/** A hub that answers every request with one thing. */
async function answerWith(status: number, body: unknown) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    let sent = ''
    request.on('data', (chunk) => {
      sent += chunk
    })
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'} ${sent}`.trim())
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const explanation = {
  person: {
    tenant: 'contoso',
    id: 'anna',
    upn: 'anna@contoso.example',
    displayName: 'Anna\u001b[31m Keller',
    state: { availability: 'busy', activity: 'inACall', label: 'In a call' },
    systems: [
      {
        connector: 'pbx',
        type: 'asterisk',
        title: 'Asterisk',
        kind: 'pbx',
        addresses: ['1001'],
        synced: false,
        targets: [],
      },
    ],
    revision: 3,
  },
  at: 100_000,
  signals: [{ connector: 'pbx', address: '1001', what: 'a call', since: 35_000, heard: 'live' }],
  decisions: [
    {
      target: 'teams',
      slot: 'session',
      wanted: 'busy/inACall',
      because: 'a call at pbx',
      rule: 'row 1',
      lost: [{ signal: 'dnd at pbx', because: 'off' }],
      status: 'masked',
      detail: 'by a meeting',
    },
  ],
  history: [],
}

describe('help', () => {
  test.each(['--help', '-h', 'help'])('%s lists commands and exit codes', async (word) => {
    const { code, out } = await run(word)
    expect(code).toBe(0)
    for (const { name } of commands) expect(out).toContain(name)
    for (const { code: number } of Object.values(exitCodes)) expect(out).toContain(`  ${number}`)
  })

  test.each(commands.map(({ name }) => name))('%s has its own', async (name) => {
    for (const line of [`${name} --help`, `help ${name}`, `${name} -h`]) {
      const { code, out } = await run(line)
      expect(code, line).toBe(0)
      expect(out).toContain(`Usage: hookswitch ${name}`)
    }
  })

  test('--version is the version of the package', async () => {
    expect((await run('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test('no command at all is a mistake', async () => {
    const { code, out, err } = await run('')
    expect([code, out]).toEqual([64, ''])
    expect(err).toContain('Usage:')
  })
})

describe('a command line that is not right ends with 64 and one sentence', () => {
  test.each([
    ['serv', 'There is no command "serv". Did you mean "serve"?'],
    [
      'config',
      'Say which: hookswitch config sample, hookswitch config docs, hookswitch config export, hookswitch config import.',
    ],
    [
      'config smaple',
      'Say which: hookswitch config sample, hookswitch config docs, hookswitch config export, hookswitch config import.',
    ],
    ['serve --confg x', /Unknown option '--confg'.*See hookswitch serve --help\./],
    ['serve --config', /--config.*See hookswitch serve --help\./],
    ['serve now', '"now" is too much. See hookswitch serve --help.'],
    ['explain', 'UPN is missing. See hookswitch explain --help.'],
    ['explain a b', '"b" is too much. See hookswitch explain --help.'],
    ['release', 'Say whom to release: either a UPN or --all.'],
    ['release anna --all', 'Say whom to release: either a UPN or --all.'],
    ['explain anna --url ftp://x', '--url ftp://x is not an http or https address.'],
    ['lab --ami-port high', '--ami-port high is not a port; it must be a number from 0 to 65535.'],
    // Each --with counts, not the last alone.
    ['lab --with pabx --with 3cx', /^hookswitch: --with pabx: the lab has no such system/],
    ['policy diff 1', 'The number of a version is missing: hookswitch policy list shows the numbers.'],
    ['demo --port high', '--port high is not a port; it must be a number from 0 to 65535.'],
    ['--quick', 'There is no option --quick. See hookswitch --help.'],
  ])('%s', async (line, message) => {
    const { code, out, err } = await run(line)
    expect([code, out]).toEqual([64, ''])
    expect(err).toMatch(typeof message === 'string' ? `hookswitch: ${message}\n` : message)
    expect(err.trimEnd()).not.toContain('\n')
  })
})

describe('explain', () => {
  test('asks the hub and prints why', async () => {
    const hub = await answerWith(200, explanation)
    const { code, out } = await run(`explain anna@contoso.example --tenant contoso --url ${hub.url}`, {
      HOOKSWITCH_TOKEN: 'sesame',
    })
    expect(code).toBe(0)
    expect(hub.asked).toEqual([
      'GET /api/v1/people/anna%40contoso.example/explain?tenant=contoso Bearer sesame',
    ])
    expect(out).toBe(`Anna [31m Keller <anna@contoso.example>, tenant contoso: In a call

Systems
  pbx (Asterisk) at 1001: nothing yet (not heard at the moment)

What was heard
  pbx 1001: a call, since 1 min 5 s, live

What was decided
  teams session: busy/inACall, because a call at pbx (row 1); masked (by a meeting)
    not dnd at pbx: off

What was written: nothing
`)
  })

  test('prints JSON for programs', async () => {
    const hub = await answerWith(200, explanation)
    const { out } = await run(`explain anna --json --url ${hub.url}/`)
    expect(JSON.parse(out)).toEqual(explanation)
  })

  test.each([
    [404, 'No person has the id or UPN "anna".', 66],
    [401, 'Send a token.', 77],
    [403, 'The token has not the scope.', 77],
    [500, 'Something unexpected happened.', 69],
  ])('tells what the hub said with %i', async (status, detail, exit) => {
    const hub = await answerWith(status, { detail })
    const { code, err } = await run(`explain anna --url ${hub.url}`)
    expect(code).toBe(exit)
    expect(err).toContain(detail)
    if (status === 401) expect(err).toContain('set HOOKSWITCH_TOKEN')
  })

  test('finds the hub by the configuration, without its secrets', async () => {
    const hub = await answerWith(200, explanation)
    const port = new URL(hub.url).port
    writeFileSync(
      join(folder, 'h.yaml'),
      `http: { host: 0.0.0.0, port: ${port} }\ntenants: [{ secret: "\${env:NOT_SET}" }]\n`.replace('\\', ''),
    )
    expect((await run('explain anna --config h.yaml')).code).toBe(0)
  })

  test('says so when no hub answers, or there is no configuration', async () => {
    const { code, err } = await run('explain anna --url http://127.0.0.1:1')
    expect(code).toBe(69)
    expect(err).toContain('No hub answers at http://127.0.0.1:1.')
    expect((await run('explain anna --config none.yaml')).code).toBe(78)
  })
})

describe('release', () => {
  test('asks the running hub and prints what was taken back', async () => {
    const entry = { tenant: 'c', person: 'anna', connector: 'pbx', address: '1001', slot: 'dnd' }
    const hub = await answerWith(200, {
      released: [
        { ...entry, outcome: 'applied' },
        { ...entry, address: '1002', outcome: 'failed', reason: 'no answer' },
      ],
      remaining: 1,
    })
    const { code, out } = await run(`release --all --url ${hub.url}`)
    expect(code).toBe(1)
    expect(out).toBe(
      'anna: pbx 1001 dnd: applied\nanna: pbx 1002 dnd: failed: no answer\n1 taken back, 1 remaining.\n',
    )
    expect(hub.asked).toEqual(['POST /api/v1/release - {"all":true}'])
  })

  test('without a hub asks for the configuration', async () => {
    const { code, err } = await run('release anna --url http://127.0.0.1:1')
    expect(code).toBe(69)
    expect(err).toContain('name --config FILE')
  })
})

describe('configurations', () => {
  test('that are wrong end serve and check with 78 and every problem', async () => {
    writeFileSync(join(folder, 'hookswitch.yaml'), 'http: { prot: 1, port: 1 }\n')
    for (const line of ['serve', 'check']) {
      const { code, err } = await run(line)
      expect(code, line).toBe(78)
      expect(err).toContain('hookswitch.yaml:1: http.prot is not a known key. Did you mean "port"?')
      expect(err).toContain('tenants is missing')
    }
  })

  test('that do not lead to a ledger end release with what to do, whatever else is wrong', async () => {
    writeFileSync(join(folder, 'hookswitch.yaml'), 'http: { prot: 1, port: 1 }\nstore: { path: ./none }\n')
    const astray = await run('release --all --config hookswitch.yaml')
    expect([astray.code, astray.err]).toEqual([73, expect.stringMatching(/no ledger in .*none.*store\.path/)])
    writeFileSync(join(folder, 'hookswitch.yaml'), 'http: { port: 1 }\nstore: { path: [5] }\n')
    const blind = await run('release --all --config hookswitch.yaml')
    expect([blind.code, blind.err]).toEqual([78, expect.stringMatching(/store\.path must be text/)])
  })

  test('are explained and begun by the program itself', async () => {
    expect((await run('config sample')).out).toContain('tenants:')
    expect((await run('config docs')).out).toContain('# Configuration')
  })
})

test('an age is as exact as one wants it', () => {
  expect([0, 1_400, 65_000, 3_720_000, 90_000_000, -5].map(formatAge)).toEqual([
    '0 s',
    '1 s',
    '1 min 5 s',
    '1 h 2 min',
    '1 d 1 h',
    '0 s',
  ])
})
