import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { version } from '../../src/apps/version.ts'

const root = join(import.meta.dirname, '../..')

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`)
  return stdout
}

test('the npm package holds what it needs: installed elsewhere it tells its version and a sample', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-package-'))
  try {
    run(process.execPath, ['scripts/build-package.ts'], root)
    run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], root)
    // As npm lays it out: below node_modules, where no types are stripped; its dependencies are found above.
    const installed = join(folder, 'app/node_modules/hookswitch')
    mkdirSync(installed, { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
    run('tar', ['-xzf', join(folder, tarball), '--strip-components=1', '-C', installed], folder)
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
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
