import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const deploy = join(import.meta.dirname, '../../deploy')

interface Panel {
  readonly id: number
  readonly targets: readonly { readonly expr: string }[]
}

interface Rule {
  readonly alert: string
  readonly expr: string
}

/** The panels of the dashboard for Grafana. */
export function dashboardPanels(): readonly Panel[] {
  const text = readFileSync(join(deploy, 'grafana/hookswitch.json'), 'utf8')
  return (JSON.parse(text) as { readonly panels: readonly Panel[] }).panels
}

/** What alerts and dashboard ask Prometheus. */
export function monitoringQueries(): readonly string[] {
  const { groups } = parse(readFileSync(join(deploy, 'prometheus/alerts.yaml'), 'utf8')) as {
    readonly groups: readonly { readonly rules: readonly Rule[] }[]
  }
  const rules = groups.flatMap((group) => group.rules)
  return [...rules, ...dashboardPanels().flatMap(({ targets }) => targets)].map(({ expr }) => expr)
}

/** The series that a query names. */
export function seriesIn(query: string): readonly string[] {
  return query.match(/\b(?:hookswitch|process|nodejs)_[a-z0-9_]+|\bup\b/g) ?? []
}
