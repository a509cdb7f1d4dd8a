import { describe, expect, test } from 'vitest'
import { createMetrics } from './metrics.ts'

const quiet = { processMetrics: false }

describe('createMetrics', () => {
  test('counters, gauges and times have names as Prometheus wants them', async () => {
    const metrics = createMetrics(quiet)
    metrics.count('graph-requests', { tenant: 'a' })
    metrics.count('graph-requests', { tenant: 'a' }, 4)
    metrics.count('hookswitch_writes_total')
    metrics.gauge('queueDepth', 7)
    metrics.gauge('queueDepth', -2)
    metrics.observe('publish_ms', 12, { connector: 'pbx' })
    const text = await metrics.render()
    expect(text).toContain('hookswitch_graph_requests_total{tenant="a"} 5')
    expect(text).toContain('hookswitch_writes_total 1')
    expect(text).toContain('hookswitch_queue_depth -2')
    expect(text).toContain('hookswitch_publish_seconds_bucket{le="0.01",connector="pbx"} 0')
    expect(text).toContain('hookswitch_publish_seconds_bucket{le="0.015",connector="pbx"} 1')
    expect(text).toContain('hookswitch_publish_seconds_sum{connector="pbx"} 0.012')
    expect(metrics.contentType).toContain('text/plain')
  })

  test('label values beyond the limit are counted together', async () => {
    const metrics = createMetrics({ ...quiet, seriesLimit: 3 })
    for (let i = 0; i < 100; i++) metrics.count('calls', { who: `person-${i}` })
    const text = await metrics.render()
    expect(text.match(/hookswitch_calls_total\{/g)?.length).toBe(4)
    expect(text).toContain('hookswitch_calls_total{who="other"} 97')
    expect(text).toContain('hookswitch_metrics_misused_total{reason="series"} 97')
  })

  test('what does not fit is counted, never thrown', async () => {
    const metrics = createMetrics(quiet)
    metrics.count('a', { one: '1' })
    metrics.count('a', { two: '2' })
    metrics.count('a', {}, -1)
    metrics.count('a', {}, Number.NaN)
    metrics.gauge('b', Number.POSITIVE_INFINITY)
    metrics.count('metrics_misused')
    metrics.gauge('c_seconds', 1)
    metrics.observe('c', 1)
    metrics.count('', { le: 'x', '9-b': 'y', '': 'z' })
    metrics.observe('d', 1, { le: '5' })
    metrics.count('a', { one: undefined } as unknown as Record<string, string>)
    const text = await metrics.render()
    expect(text).toContain('misused_total{reason="label"} 1')
    expect(text).toContain('misused_total{reason="value"} 3')
    expect(text).toContain('misused_total{reason="name"} 1')
    expect(text).toContain('misused_total{reason="kind"} 1')
    expect(text).toContain('hookswitch_a_total{one=""} 2')
    expect(text).toContain('hookswitch_unnamed_total{le_="x",_9_b="y",_="z"} 1')
    expect(text).toContain('hookswitch_d_seconds_count{le_="5"} 1')
  })

  test('a gauge that is read has the series that there are just then', async () => {
    const metrics = createMetrics({ ...quiet, seriesLimit: 3 })
    let tenants = Array.from({ length: 1000 }, (_, index) => `t${index}`)
    const read = () => tenants.map((tenant) => ({ labels: { tenant }, value: 1 }))
    metrics.gauges('linkUp', ['tenant'], read)
    expect((await metrics.render()).match(/^hookswitch_link_up\{/gm)).toHaveLength(1000)
    tenants = ['t7']
    expect((await metrics.render()).match(/^hookswitch_link_up\{.*/gm)).toEqual([
      'hookswitch_link_up{tenant="t7"} 1',
    ])
    metrics.gauges('link_up', ['tenant'], read)
    expect(await metrics.render()).toContain('misused_total{reason="name"} 1')
  })

  test('reports the process as well', async () => {
    expect(await createMetrics().render()).toContain('process_resident_memory_bytes')
  })
})
