import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { LinkPlan } from '../../../src/core/link-plan.ts'
import type { ConnectorView } from '../../../src/core/view.ts'
import type { LinkItem } from '../configuration/configuration-client.ts'
import { useHubPhrases } from '../words/hub-text.tsx'
import { drawArrow, layOut, nodeSize, type Point } from './diagram-layout.ts'
import { isObserved, presetOf } from './link-rules.ts'
import { linksWords } from './links-words.ts'

const useStyles = makeStyles({
  scroll: {
    overflowX: 'auto',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  drawing: { display: 'block', width: '100%', minWidth: '560px', maxWidth: '900px', margin: '0 auto' },
  node: { fill: tokens.colorNeutralBackground3, stroke: tokens.colorNeutralStroke1, strokeWidth: '1.5px' },
  trouble: { stroke: tokens.colorPaletteRedForeground1, strokeWidth: '2px' },
  title: { fill: tokens.colorNeutralForeground1, fontSize: '14px', fontWeight: tokens.fontWeightSemibold },
  id: { fill: tokens.colorNeutralForeground2, fontSize: '12px' },
  line: { fill: 'none', stroke: tokens.colorBrandForeground1, strokeWidth: '2px' },
  observing: { strokeDasharray: '6 5', stroke: tokens.colorNeutralForeground3 },
  head: { fill: tokens.colorBrandForeground1 },
  observingHead: { fill: tokens.colorNeutralForeground3 },
  label: {
    fill: tokens.colorNeutralForeground1,
    fontSize: '12px',
    paintOrder: 'stroke',
    stroke: tokens.colorNeutralBackground1,
    strokeWidth: '4px',
  },
})

/** More labels than this lie over one another; the table has them all. */
const labelledLinks = 12
const longestTitle = 21

/** The routing matrix: systems, and an arrow for each link with its preset and state. */
export function RoutingDiagram(props: {
  plan: LinkPlan
  /** As the table below has them. */
  links: readonly LinkItem[]
  views: readonly ConnectorView[]
}) {
  const styles = useStyles()
  const said = linksWords()
  const { plan, links, views } = props
  const spoken = links.some(({ from }) => from === 'api')
  const systems = plan.systems.filter(({ id }) => id !== 'api' || spoken)
  const { nodes, width, height } = layOut(systems.length)
  const centres = new Map(systems.map(({ id }, index) => [id, nodes[index]!]))
  const phrase = useHubPhrases()
  const text = said.routingText(links.length, systems.length)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={said.routing}>
      <svg className={styles.drawing} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={text}>
        {links.map((link) => {
          const { from, to } = link
          const observeOnly = isObserved(plan, link)
          const title = phrase(presetOf(plan, link).title)
          const [a, b] = [centres.get(from), centres.get(to)]
          if (!a || !b) return null
          const arrow = drawArrow(a, b)
          return (
            <g key={`${from} ${to}`}>
              <path className={mergeClasses(styles.line, observeOnly && styles.observing)} d={arrow.path} />
              <polygon className={observeOnly ? styles.observingHead : styles.head} points={arrow.head} />
              {links.length <= labelledLinks && (
                <text
                  className={styles.label}
                  x={arrow.label.x}
                  y={arrow.label.y}
                  textAnchor="middle"
                  dominantBaseline="middle"
                >
                  {observeOnly ? `${title} · ${said.observes}` : title}
                </text>
              )}
            </g>
          )
        })}
        {systems.map(({ id, title }) => {
          const health = views.find((view) => view.tenant === plan.tenant && view.id === id)?.health.state
          const trouble = health === 'down' || health === 'degraded'
          return <Node key={id} at={centres.get(id)!} {...{ id, title, trouble }} />
        })}
      </svg>
    </section>
  )
}

function Node(props: { at: Point; id: string; title: string; trouble: boolean }) {
  const styles = useStyles()
  const { at, id, title, trouble } = props
  const { width, height } = nodeSize
  return (
    <g>
      <rect
        className={mergeClasses(styles.node, trouble && styles.trouble)}
        x={at.x - width / 2}
        y={at.y - height / 2}
        width={width}
        height={height}
        rx={8}
      />
      <text className={styles.title} x={at.x} y={at.y - 5} textAnchor="middle">
        {title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title}
      </text>
      <text className={styles.id} x={at.x} y={at.y + 15} textAnchor="middle">
        {id}
      </text>
    </g>
  )
}
