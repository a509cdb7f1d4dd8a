/**
 * Faults that the tests must notice, each as a change of text in one file of the core or the engine, with the test that
 * catches it. `search` occurs exactly once in the file.
 */
export interface Mutant {
  readonly name: string
  readonly file: string
  readonly search: string
  readonly replace: string
  readonly test: CatchingTest
}

export interface CatchingTest {
  readonly file: string
  /** Matches the full name of the test (`vitest -t`). */
  readonly name: string
}

const pairsOf = (words: string): CatchingTest => ({ file: 'test/sim/exhaustive.test.ts', name: words })
const sim = (file: string, name: string): CatchingTest => ({ file: `test/sim/${file}.test.ts`, name })
const unit = (file: string, name: string): CatchingTest => ({ file: `src/${file}.test.ts`, name })

const pairs = pairsOf('aggregation observed > long gap > calls are shown as calls, reads 500 ms late')
const latePairs = pairsOf('aggregation observed > long gap > calls are shown as calls, reads 15000 ms late')
const silencePairs = pairsOf(
  'aggregation observed > long gap > G-07: a Teams call silences the phone, reads 500 ms late',
)

export const mutants: readonly Mutant[] = [
  {
    name: 'drop the ledger',
    file: 'src/engine/engine.ts',
    search: 'if (work.changes.length > 0 && !(await this.#store(actor, work))) return',
    replace: 'await Promise.resolve()',
    test: pairs,
  },
  {
    name: 'drop the grace',
    file: 'src/core/calls.ts',
    search: 'const until = leg.endedAt + link.graceMs',
    replace: 'const until = leg.endedAt',
    test: unit('core/project', 'the state ends with the last leg, after the grace'),
  },
  {
    name: 'unknown becomes available',
    file: 'src/core/choice.ts',
    search: "if (samePresence(state, OFFLINE) || state.availability === 'unknown') return undefined",
    replace: 'if (samePresence(state, OFFLINE)) return undefined',
    test: sim('feeds', 'an unknown state reveals nothing'),
  },
  {
    name: 'ignore the sequence',
    file: 'src/core/order.ts',
    search: 'if (sequence === undefined || last === undefined) return false',
    replace: 'if (sequence !== last || last === undefined) return false',
    test: sim('feeds', 'within an epoch an older word changes nothing'),
  },
  {
    name: 'that our write was shown proves nothing',
    file: 'src/core/read-order.ts',
    search: 'if (isShownFirst(point, contribution, read)) contribution.shownBy = sequence',
    replace: 'contribution.goneBy = undefined!',
    test: sim('promptness', 'is cleared in Teams: seen at once'),
  },
  {
    name: 'that it was shown no more proves nothing',
    file: 'src/core/read-order.ts',
    search: 'else if (isGoneFirst(contribution, read)) contribution.goneBy = sequence',
    replace: 'else contribution.goneBy = undefined!',
    test: sim('promptness', 'is chosen again: seen at once'),
  },
  {
    name: 'what was there before our write proves that it was shown',
    file: 'src/core/read-order.ts',
    search: 'if (before && samePresence(before, state)) return false',
    replace: 'if (before === undefined) return false',
    test: unit('core/read-order', 'the same value from before our write'),
  },
  {
    name: 'epoch not reset',
    file: 'src/engine/feeds.ts',
    search: 'known.state.epoch += 1',
    replace: 'known.state.epoch += 0',
    test: sim('feeds', 'a new epoch has an order of its own'),
  },
  {
    name: 'a name serves one call only',
    file: 'src/core/observe-point.ts',
    search: "if (known.state !== 'terminated' || facet.state === 'terminated') return false",
    replace: 'if (known.state) return false',
    test: unit('core/next-call', 'the next call at a lamp counts'),
  },
  {
    name: 'hold becomes release',
    file: 'src/core/decide.ts',
    search: "if (match.act === 'hold' || unknown) {",
    replace: 'if (unknown) {',
    test: sim('feeds', 'a row that holds keeps what was shown before it'),
  },
  {
    name: 'a held call is no call',
    file: 'src/core/calls.ts',
    search: "    case 'held':\n      return true",
    replace: "      return true\n    case 'held':\n      return false",
    test: pairs,
  },
  {
    name: 'skip the barrier',
    file: 'src/engine/barrier.ts',
    search: 'if (now < until) return {',
    replace: 'if (now > until) return {',
    test: pairs,
  },
  {
    name: 'echo treated as native',
    file: 'src/core/ledger.ts',
    search: "return { kind: 'echo', of: contribution }",
    replace: 'return native',
    test: silencePairs,
  },
  {
    name: 'stale treated as native',
    file: 'src/core/ledger.ts',
    search: "return stale ? { kind: 'stale', of: stale } : native",
    replace: 'return native',
    test: unit('core/read', 'the value from before our write is stale'),
  },
  {
    name: 'what was taken back is forgotten at once',
    file: 'src/core/ledger.ts',
    search: 'return contribution.endAckAt !== undefined && contribution.endAckAt + slot.settleMs < now',
    replace: 'return contribution.endAckAt !== undefined',
    test: latePairs,
  },
  {
    name: 'a write counts as visible at once',
    file: 'src/core/ledger.ts',
    search: 'return contribution.ackAt !== undefined && contribution.ackAt + slot.settleMs < now',
    replace: 'return contribution.ackAt !== undefined',
    test: latePairs,
  },
  {
    name: 'a restart forgets what was cleared a moment ago',
    file: 'src/engine/serialize.ts',
    search: 'ended.length > 0 && { ended }',
    replace: 'ended.length < 0 && { ended }',
    test: unit('engine/restart', 'does not bring back what was cleared before it'),
  },
  {
    name: 'no read after the settle time',
    file: 'src/engine/inputs.ts',
    search: 'if (at > turn.now) turn.work.reads.push({ point, at })',
    replace: 'if (at < turn.now) turn.work.reads.push({ point, at })',
    test: unit('engine/restart', 'is seen once that is settled'),
  },
  {
    name: 'refresh never',
    file: 'src/core/reconcile.ts',
    search: 'if (refreshAt !== undefined && now >= refreshAt && mayRefresh(input, open)) {',
    replace: 'if (refreshAt !== undefined && now < 0) {',
    test: sim('faults', 'a long call is refreshed before its session runs out'),
  },
  {
    name: 'a choice is refreshed blindly',
    file: 'src/core/reconcile.ts',
    search: "if (plan.slot.contribution !== 'sharedSlot') return true",
    replace: "if (plan.slot.contribution !== 'ownRecord') return true",
    test: unit('core/reconcile', 'never refreshes a choice blindly'),
  },
  {
    name: 'found ignored',
    file: 'src/core/reconcile.ts',
    search: 'const restore = restoreOf(open) ?? plan.slot.neutral',
    replace: 'const restore = plan.slot.neutral',
    test: unit('core/reconcile', 'restores what was found'),
  },
  {
    name: 'withdraw writes Available',
    file: 'src/core/reconcile.ts',
    search: 'const restore = restoreOf(open) ?? plan.slot.neutral',
    replace: 'const restore = restoreOf(open) ?? AVAILABLE',
    test: pairs,
  },
  {
    name: 'what a refused write was to replace is forgotten',
    file: 'src/engine/outcome.ts',
    search: 'if (isThere) sent.contribution.refused = true',
    replace: 'if (!isThere) sent.contribution.refused = true',
    test: unit('engine/outcome', 'a replacement that is refused keeps its row'),
  },
  {
    name: 'a late prolongation is not looked after',
    file: 'src/core/read.ts',
    search: "if (ending === 'yielded') contribution.overruled = true\n    return",
    replace: "if (ending !== 'yielded') return",
    test: unit('engine/late-answer', 'what the request put back is taken back, answer applied'),
  },
  {
    name: 'a session left behind passes for a Teams call',
    file: 'src/engine/inputs.ts',
    search: 'claimLeftover(actor, point, { said: observationsOf(input), turn })',
    replace: '',
    test: unit('engine/leftover', 'takes a session that it left behind for its own'),
  },
  {
    name: 'a silent phone that a call explains stays silent',
    file: 'src/core/reconcile.ts',
    search: "wanted.voice.kind === 'condition' && wanted.voice.found === true",
    replace: 'false',
    test: unit('engine/leftover', 'goes with the call that would have silenced it'),
  },
  {
    name: 'a later call claims what was found before it',
    file: 'src/core/reconcile.ts',
    search: "wanted.voice.kind === 'condition' && wanted.voice.found === true",
    replace: "wanted.voice.kind === 'condition'",
    test: unit('engine/leftover', 'stays where nothing asks for it, also through a call that comes later'),
  },
  {
    name: 'an address that joins later is not waited for',
    file: 'src/engine/barrier.ts',
    search: 'const since = actor.joined?.get(point) ?? actor.since',
    replace: 'const since = actor.since',
    test: unit('engine/leaving', 'an address that comes to a person later is waited for'),
  },
  {
    name: 'covered ignored',
    file: 'src/core/reconcile.ts',
    search: 'if (covered) return result(',
    replace: 'if (covered === "") return result(',
    test: unit('core/reconcile', 'writes nothing where the system shows as much by itself'),
  },
  {
    name: 'an unanswered clearance covers',
    file: 'src/core/reconcile.ts',
    search: 'if (!open && !unansweredHere(input)) {',
    replace: 'if (!open) {',
    test: unit('engine/unanswered', 'covers nothing'),
  },
  {
    name: 'a request under way does not count',
    file: 'src/core/reconcile.ts',
    search: 'if (input.inFlight) return',
    replace: 'if (input.inFlight && input.now < 0) return',
    test: sim('faults', 'a burst: only the newest desired state is written'),
  },
  {
    name: 'what ran out stays open',
    file: 'src/core/reconcile.ts',
    search: 'if (open?.expiresAt !== undefined && input.now >= open.expiresAt) {',
    replace: 'if (open?.expiresAt !== undefined && input.now < 0) {',
    test: unit('core/reconcile', 'closes without a request what has run out'),
  },
  {
    name: 'a lost source prolongs',
    file: 'src/core/reconcile.ts',
    search: 'if (!wanted.lost) return keepOpen(input, open)',
    replace: 'if (wanted) return keepOpen(input, open)',
    test: sim('faults', 'a socket cut in a call'),
  },
  {
    name: 'yield ignored',
    file: 'src/core/project.ts',
    search: 'if (own === undefined || voice.at > own) return true',
    replace: 'if (own === undefined || voice.at) return true',
    test: silencePairs,
  },
  {
    name: 'a yielded write stays in the ledger',
    file: 'src/core/read.ts',
    search: '  for (const contribution of contradicted(point, value, context)) {\n',
    replace: '  for (const contribution of contradicted(point, value, context).slice(9)) {\n',
    test: pairs,
  },
  {
    name: 'newest becomes oldest',
    file: 'src/core/project.ts',
    search: 'if (a.voice.at !== b.voice.at) return a.voice.at > b.voice.at',
    replace: 'if (a.voice.at !== b.voice.at) return a.voice.at < b.voice.at',
    test: unit('core/project', 'the newer of two choices wins'),
  },
  {
    name: 'tie becomes least restrictive',
    file: 'src/core/project.ts',
    search: "if (a.voice.act !== b.voice.act) return a.voice.act === 'set'",
    replace: "if (a.voice.act !== b.voice.act) return a.voice.act === 'clear'",
    test: unit('core/project', 'at once the more restrictive'),
  },
  {
    name: 'lost treated as ended',
    file: 'src/core/decide.ts',
    search: '    if (input.now < until) {\n      yield {',
    replace: '    if (input.now > until) {\n      yield {',
    test: sim('faults', 'a socket cut in a call'),
  },
  {
    name: 'no other view of a line is asked',
    file: 'src/core/calls.ts',
    search: 'if (isSynced(point)) return false',
    replace: 'if (point) return false',
    test: unit('core/other-view', 'a call that ends meanwhile has ended'),
  },
  {
    name: 'a choice ends with its source',
    file: 'src/core/decide.ts',
    search: 'lost + input.policy.holdMs',
    replace: 'lost',
    test: sim('feeds', 'a choice outlives a source that cannot be heard'),
  },
  {
    name: 'lease never runs out',
    file: 'src/engine/feeds.ts',
    search: 'if (this.#now() >= feed.expiresAt) this.#lose(feed.state.feed)',
    replace: 'if (this.#now() < 0) this.#lose(feed.state.feed)',
    test: sim('feeds', 'who falls silent is lost when the lease runs out'),
  },
  {
    name: 'a snapshot ends nothing',
    file: 'src/core/observe-point.ts',
    search: 'endLeg(leg, lostSince > leg.since ? lostSince : context.now)',
    replace: 'leg.since += 0',
    test: sim('feeds', 'what a snapshot does not name has ended'),
  },
  {
    name: 'retire forgets',
    file: 'src/engine/turn.ts',
    search: 'if (one.endAckAt === undefined) return Number.POSITIVE_INFINITY',
    replace: 'if (one.endAckAt === undefined) return 0',
    test: sim('faults', 'while writes fail: taken back once they succeed'),
  },
  {
    name: 'who is gone is not retired',
    file: 'src/engine/people.ts',
    search: 'for (const point of actor.presentity.points) this.retire(actor, point)',
    replace: 'if (actor.presentity.points.length === 0) this.retire(actor, actor.presentity.points[0]!)',
    test: pairs,
  },
  {
    name: 'the answer does not move the base',
    file: 'src/engine/outcome.ts',
    search: '      recordOwnWrite(point, publication.state, {',
    replace: '      recordOwnWrite({ ...point }, publication.state, {',
    test: pairs,
  },
  {
    name: 'Retry-After ignored',
    file: 'src/engine/outcome.ts',
    search: 'state.retryAt = at.now + outcome.retryAfterMs',
    replace: 'state.retryAt = at.now + 1000',
    test: sim('faults', 'Retry-After is obeyed'),
  },
  {
    name: '404 on clear is a refusal',
    file: 'src/engine/outcome.ts',
    search: "if (outcome.kind === 'applied' || outcome.kind === 'unchanged') {\n    state.attempts",
    replace: "if (outcome.kind === 'applied') {\n    state.attempts",
    test: sim('faults', 'a crash at every await'),
  },
  {
    name: 'a choice that is taken back is set',
    file: 'src/core/choice.ts',
    search: "act: 'clear',",
    replace: "act: 'set',",
    test: pairs,
  },
  {
    name: 'a call hides that a choice was taken back',
    file: 'src/core/read.ts',
    search: "if (facet.chosen === 'no' && isSelectable(facet.state)) return 'native'",
    replace: "if (facet.chosen === 'no') return 'native'",
    test: unit('core/hidden-choice', 'a call that comes into view tells'),
  },
  {
    name: 'a schedule passes for a person',
    file: 'src/core/read.ts',
    search: "facet.origin ?? 'person'",
    replace: "'person'",
    test: sim('faults', 'a schedule that switches do not disturb is followed, and says so'),
  },
  {
    name: 'a lamp in do not disturb is a call',
    file: 'src/core/calls.ts',
    search: '(other.dnd === true ||',
    replace: '(other.dnd === undefined ||',
    test: unit('core/project', 'a lamp without call evidence'),
  },
  {
    name: 'one line counts twice',
    file: 'src/core/calls.ts',
    search: 'if (coveredByBetterLine(link, point, input)) continue',
    replace: 'if (coveredByBetterLine(link, point, { ...input, points: [] })) continue',
    test: unit('core/project', 'believes the better connector of a line'),
  },
  {
    name: 'an outbound call counts when it is answered',
    file: 'src/core/calls.ts',
    search: "leg.direction === 'outbound' ? filter.offHook : filter.ringing",
    replace: 'filter.ringing',
    test: unit('core/project', 'an outbound one from dialling on'),
  },
  {
    name: 'decisions depend on the order of arrival',
    file: 'src/core/decide.ts',
    search: 'voices.sort(compareVoices)',
    replace: 'voices.reverse()',
    test: sim('properties', 'gives the same decision'),
  },
  {
    name: 'time never asks again',
    file: 'src/engine/timers.ts',
    search: 'this.#due(key)',
    replace: 'this.#at.delete(key)',
    test: pairs,
  },
  {
    name: 'clocks that are set raise no doubt',
    file: 'src/engine/engine.ts',
    search: 'contribution.doubted = true',
    replace: 'contribution.doubted ??= false',
    test: sim('faults', 'calls and choices run on'),
  },
]
