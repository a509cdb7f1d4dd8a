import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/** The walls of ARCHITECTURE.md. Function lengths and parameter counts are held by the linter (biome.json). */

const root = fileURLToPath(new URL('..', import.meta.url))

interface SourceFile {
  readonly path: string
  readonly text: string
  readonly lines: number
  readonly imports: readonly {
    readonly specifier: string
    readonly typeOnly: boolean
    readonly to: string | undefined
  }[]
}

function readSources(pattern: string): SourceFile[] {
  return globSync(pattern, { cwd: root }).map((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    return { path, text, lines: text.split('\n').length - 1, imports: importsOf(path, text) }
  })
}

function importsOf(path: string, text: string): SourceFile['imports'] {
  const found = [
    ...text.matchAll(/(?:^|\n)\s*(import|export)(\s+type)?\s[^'"`;]*?from\s*['"]([^'"]+)['"]/g),
  ].map((match) => ({ specifier: match[3]!, typeOnly: match[2] !== undefined }))
  const dynamic = [...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)].map((match) => ({
    specifier: match[1]!,
    typeOnly: false,
  }))
  const bare = [...text.matchAll(/(?:^|\n)import\s*['"]([^'"]+)['"]/g)].map((match) => ({
    specifier: match[1]!,
    typeOnly: false,
  }))
  return [...found, ...dynamic, ...bare].map((one) => ({
    ...one,
    to: one.specifier.startsWith('.') ? normalize(join(dirname(path), one.specifier)) : undefined,
  }))
}

const isTest = (path: string) => /\.test\.tsx?$/.test(path)
const all = [
  ...readSources('src/**/*.ts'),
  ...readSources('web/**/*.ts'),
  ...readSources('web/**/*.tsx'),
].filter((file) => !file.path.includes('node_modules'))
const sources = all.filter((file) => !isTest(file.path))

/** The folder whose walls a file stands in: `core`, `connectors/teams`, `apps`, `web` ... */
function roomOf(path: string): string {
  const [top, first = '', second = ''] = path.split('/')
  if (top === 'web') return 'web'
  return first === 'connectors' ? `connectors/${second}` : first
}

function mayImport(from: string, to: string, typeOnly: boolean): boolean {
  if (from === to || from === 'apps') return true
  if (from === 'core') return false
  if (from === 'web') return to === 'core' && typeOnly
  if (to === 'core') return true
  return from.startsWith('connectors/') && to === 'connectors/kit'
}

describe('architecture', () => {
  it('keeps the star: everything imports core and itself, only apps imports sideways', () => {
    const wrong = sources.flatMap((file) =>
      file.imports
        .filter(({ to, typeOnly }) => to !== undefined && !mayImport(roomOf(file.path), roomOf(to), typeOnly))
        .map(({ specifier }) => `${file.path} imports ${specifier}`),
    )
    expect(wrong).toEqual([])
  })

  it('keeps core pure: no package, no Node module, no clock, no environment', () => {
    const wrong = sources
      .filter((file) => roomOf(file.path) === 'core')
      .flatMap((file) => [
        ...file.imports
          .filter(({ to }) => to === undefined)
          .map(({ specifier }) => `${file.path} imports ${specifier}`),
        ...[
          ...file.text.matchAll(
            /\b(Date\.now|new Date|process\.|setTimeout|setInterval|Math\.random|performance\.)/g,
          ),
        ].map((match) => `${file.path} uses ${match[1]}`),
      ])
    expect(wrong).toEqual([])
  })

  it('lets the engine see no clock but the port', () => {
    const wrong = sources
      .filter((file) => roomOf(file.path) === 'engine')
      .flatMap((file) =>
        [...file.text.matchAll(/\b(Date\.now|setTimeout|setInterval|Math\.random|performance\.now)\b/g)].map(
          (match) => `${file.path} uses ${match[1]}`,
        ),
      )
    expect(wrong).toEqual([])
  })

  it('lets connectors reach the network through the kit only', () => {
    const doors = /^(node:(net|tls|dgram|http|https|http2|dns)(\/.*)?|ws|undici|@grpc\/.*)$/
    const harmless = /import\s*\{\s*((type \w+|isIPv?[46]?)(,\s*)?)+\s*\}\s*from\s*'node:net'/g
    const wrong = sources
      .filter((file) => file.path.startsWith('src/connectors/') && roomOf(file.path) !== 'connectors/kit')
      .flatMap((file) => {
        const looks = new Set(file.text.match(harmless) ?? []).size
        const opened = file.imports.filter(({ specifier, typeOnly }) => doors.test(specifier) && !typeOnly)
        return [
          ...(opened.length > looks
            ? opened.map(({ specifier }) => `${file.path} imports ${specifier}`)
            : []),
          ...[
            ...file.text.matchAll(
              /(?<![.\w])fetch\(|globalThis\.fetch|new (WebSocket|EventSource|XMLHttpRequest)\b|createRequire/g,
            ),
          ].map(([found]) => `${file.path} uses ${found}`),
        ]
      })
    expect(wrong).toEqual([])
  })

  it('has no import cycle', () => {
    const graph = new Map(
      sources.map((file) => [file.path, file.imports.flatMap(({ to }) => (to ? [to] : []))]),
    )
    const cycles: string[] = []
    const state = new Map<string, 'open' | 'done'>()
    const visit = (path: string, trail: readonly string[]): void => {
      if (state.get(path) === 'done') return
      if (state.get(path) === 'open') {
        cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
        return
      }
      state.set(path, 'open')
      for (const next of graph.get(path) ?? []) visit(next, [...trail, path])
      state.set(path, 'done')
    }
    for (const path of graph.keys()) visit(path, [])
    expect(cycles).toEqual([])
  })

  it('names no connector in core and engine', () => {
    const ids = globSync('src/connectors/*', { cwd: root })
      .map((path) => relative('src/connectors', path))
      .filter((id) => id !== 'kit' && id !== 'api')
    const wrong = sources
      .filter((file) => ['core', 'engine'].includes(roomOf(file.path)))
      .flatMap((file) => {
        // Words inside comments explain; what runs must not know vendors.
        const code = file.text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
        return ids
          .filter((id) => new RegExp(`['"\`]${id}['"\`]`).test(code))
          .map((id) => `${file.path} names ${id}`)
      })
    expect(wrong).toEqual([])
  })

  it('keeps files short: at most 400 lines, median at most 120', () => {
    const long = sources.filter((file) => file.lines > 400).map((file) => `${file.path}: ${file.lines}`)
    expect(long).toEqual([])
    const sizes = sources.map((file) => file.lines).sort((a, b) => a - b)
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(120)
  })

  it('has no file that only re-exports', () => {
    const barrels = sources.filter((file) => {
      const code = file.text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '').trim()
      return (
        code !== '' &&
        code.split('\n').every((line) => /^(export\s.*\sfrom\s|\}\s*from\s|\s*\w+,?$|$)/.test(line.trim()))
      )
    })
    expect(barrels.map((file) => file.path)).toEqual([])
  })

  it('uses no module mock', () => {
    const tests = [...all.filter((file) => isTest(file.path)), ...readSources('test/**/*.ts')]
    const mocking = ['vi', 'jest'].flatMap((name) =>
      ['mock', 'doMock', 'stubGlobal'].map((verb) => `${name}.${verb}(`),
    )
    const wrong = tests.filter((file) => mocking.some((call) => file.text.includes(call)))
    expect(wrong.map((file) => file.path)).toEqual([])
  })

  it('lets the oracle of the failure tests know nothing of the hub: it imports itself and Node only', () => {
    const folder = 'test/system/cluster/oracle/'
    const files = readSources(`${folder}*.ts`)
    expect(files.length).toBeGreaterThan(3)
    const wrong = files.flatMap((file) =>
      file.imports
        .filter(({ to, specifier }) => !(to?.startsWith(folder) ?? specifier.startsWith('node:')))
        .map(({ specifier }) => `${file.path} imports ${specifier}`),
    )
    expect(wrong).toEqual([])
  })

  it('documents what core exports', () => {
    const wrong = sources
      .filter((file) => roomOf(file.path) === 'core')
      .flatMap((file) => {
        const lines = file.text.split('\n')
        return lines.flatMap((line, index) => {
          const name = /^export (?:async )?(?:function|class|interface|type|const) (\w+)/.exec(line)?.[1]
          if (!name || /^ \*\/$|\*\/$/.test(lines[index - 1] ?? '')) return []
          return [`${file.path}: ${name}`]
        })
      })
    expect(wrong).toEqual([])
  })
})
