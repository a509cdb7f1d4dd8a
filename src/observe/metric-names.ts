export type Kind = 'counter' | 'gauge' | 'histogram'

/** Names by Prometheus' rules (prometheus.io/docs/concepts/data_model): letters, digits and underscores. */
export function metricName(kind: Kind, said: string): string {
  const words = said
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/^hookswitch_/, '')
  const name = `hookswitch_${words || 'unnamed'}`
  if (kind === 'counter') return name.endsWith('_total') ? name : `${name}_total`
  if (kind === 'gauge') return name.replace(/_total$/, '')
  return `${name.replace(/_(ms|milliseconds|seconds)$/, '')}_seconds`
}

/** `le` and names that begin with two underscores are Prometheus' own. */
export function labelName(said: string): string {
  const name = said.replace(/[^a-zA-Z0-9_]/g, '_').replace(/^(?=[0-9])|^__+/, '_')
  return name === 'le' || name === '' ? `${name}_` : name
}
