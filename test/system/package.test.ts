import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { version } from '../../src/apps/version.ts'
import { startChild, until } from './support/child.ts'
import { findFreePort } from './support/free-port.ts'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'hookswitch-package-'))
/** As npm lays it out: below node_modules, where no types are stripped; its dependencies are found above. */
const installed = join(folder, 'app/node_modules/hookswitch')
beforeAll(() => {
  run(process.execPath, ['scripts/build-package.ts'], root)
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], root)
  mkdirSync(installed, { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  run('tar', ['-xzf', join(folder, tarball), '--strip-components=1', '-C', installed], folder)
}, 240_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`)
  return stdout
}

test('the npm package holds what it needs: installed elsewhere it tells its version and a sample', () => {
  expect(readdirSync(installed).sort()).toEqual(
    ['CHANGELOG.md', 'LICENSE', 'README.md', 'bin', 'dist', 'lib', 'package.json', 'sql'].sort(),
  )
  const program = (...args: string[]) =>
    run(process.execPath, [join(installed, 'bin/hookswitch.js'), ...args], folder)
  expect(program('--version').trim()).toBe(version)
  expect(program('config', 'sample')).toContain('tenants:')
  expect(readdirSync(join(installed, 'dist'))).toEqual(['web'])
  expect(
    readdirSync(join(installed, 'lib'), { recursive: true }).filter((name) => /\.ts$/.test(String(name))),
  ).toEqual([])
})

test('it runs as the container has it: read-only but for its data, nobody’s account, no rights; SIGTERM ends it in order', async () => {
  const data = join(folder, 'data')
  const config = join(folder, 'hookswitch.yaml')
  mkdirSync(data)
  chmodSync(folder, 0o755)
  const tenant = { id: 'contoso', connectors: [], people: [], links: [] }
  const http = { host: '127.0.0.1', port: await findFreePort() }
  writeFileSync(config, JSON.stringify({ store: { kind: 'sqlite', path: data }, http, tenants: [tenant] }))
  const places = [
    ...['mount --make-rprivate /', 'mount -o remount,ro,bind /'],
    ...[`mount --bind ${folder} ${folder}`, `mount -o remount,ro,bind ${folder}`],
    ...[`mount -t tmpfs none ${data}`, `chown 10001:10001 ${data}`, `! touch ${folder}/x 2>/dev/null`],
  ]
  const who = 'setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs --bounding-set -all'
  const program = `${process.execPath} ${join(installed, 'bin/hookswitch.js')} serve --config ${config}`
  const script = [...places, `exec ${who} ${program}`].join(' && ')
  const hub = startChild('unshare', ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', script])
  try {
    await until(
      () => {
        if (!hub.running()) throw new Error(`it ended at once:\n${hub.output()}`)
        return hub.output().includes('listens at')
      },
      () => `the hub to listen\n${hub.output()}`,
      120_000,
    )
    const url = `http://127.0.0.1:${http.port}`
    expect(await (await fetch(`${url}/livez`)).json()).toEqual({ live: true })
    expect((await fetch(url)).status).toBe(200)
  } finally {
    await hub.stop()
  }
  expect(await hub.ended, hub.output()).toBe(0)
}, 240_000)
