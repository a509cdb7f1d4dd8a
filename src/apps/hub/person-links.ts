import type { Policy } from '../../core/policy.ts'
import type { ExplainView } from '../../core/view.ts'
import type { Actor } from '../../engine/actor.ts'
import { apiId } from './systems.ts'

/** The links between the systems at which a person is. */
export function linksOf(actor: Actor, { links }: Policy): NonNullable<ExplainView['links']> {
  const { id, points } = actor.presentity
  const at = new Set(points.filter((point) => !actor.retired?.has(point)).map(({ connector }) => connector))
  return links
    .filter(({ from, to }) => from !== apiId && at.has(from) && at.has(to))
    .map(({ id: link, people, observeOnly }) => ({ id: link, covered: people?.has(id) ?? true, observeOnly }))
}
