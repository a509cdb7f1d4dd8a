import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'

const chart = join(import.meta.dirname, '../../../deploy/helm/hookswitch')
const program = join(import.meta.dirname, 'render-chart.go')

type Values = Readonly<Record<string, unknown>>

/** One object for Kubernetes. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string }
  // biome-ignore lint/suspicious/noExplicitAny: of every kind; the schema of the kind says what is in it.
  readonly [field: string]: any
}

export interface Rendered {
  readonly manifests: readonly Manifest[]
  readonly notes: string
}

/** The chart's own values with those of a release over them, as Helm lays them: objects are merged, lists are not. */
export function valuesOf(given: Values): Values {
  return merge(parse(readFileSync(join(chart, 'values.yaml'), 'utf8')) as Values, given)
}

export function valuesSchema(): object {
  return JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf8')) as object
}

/**
 * Renders with Go's templates and sprig, of Debian. Throws what a template refuses. Slow at the first time, when Go
 * compiles; `cache` is a folder for what it compiled.
 */
export function renderChart(given: Values, cache: string): Rendered {
  const { name, version, appVersion } = parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8')) as Record<
    string,
    string
  >
  const release = {
    Values: valuesOf(given),
    Release: { Name: 'office', Namespace: 'presence', Service: 'Helm' },
    Chart: { Name: name, Version: version, AppVersion: appVersion },
  }
  const { status, stdout, stderr, error } = spawnSync('go', ['run', program, chart], {
    input: JSON.stringify(release),
    encoding: 'utf8',
    env: {
      ...process.env,
      GO111MODULE: 'off',
      GOFLAGS: '',
      GOPATH: '/usr/share/gocode',
      GOCACHE: cache,
    },
  })
  if (status !== 0) throw error ?? new Error(stderr)
  const { 'NOTES.txt': notes = '', ...files } = JSON.parse(stdout) as Record<string, string>
  const manifests = Object.values(files).flatMap((text) =>
    parseAllDocuments(text).flatMap((document) => {
      if (document.errors[0]) throw document.errors[0]
      return (document.toJS() as Manifest | null) ?? []
    }),
  )
  return { manifests, notes }
}

function merge(under: unknown, over: unknown): Values {
  const [below, above] = [under as Values, over as Values]
  const keys = new Set([...Object.keys(below), ...Object.keys(above)])
  return Object.fromEntries(
    [...keys].map((key) => {
      if (isObject(below[key]) && isObject(above[key])) return [key, merge(below[key], above[key])]
      return [key, key in above ? above[key] : below[key]]
    }),
  )
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
