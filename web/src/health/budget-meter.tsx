import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { BudgetView } from '../../../src/core/workings.ts'
import { locale } from '../language/words.ts'
import { useNow } from '../live/now.ts'
import { clockText, exactText, lengthText } from '../words/time.ts'
import { healthWords } from './health-words.ts'

const useStyles = makeStyles({
  track: {
    position: 'relative',
    height: '6px',
    margin: '4px 0',
    maxWidth: '320px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground6,
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
    overflow: 'hidden',
  },
  fill: { position: 'absolute', inset: '0 auto 0 0', backgroundColor: tokens.colorBrandBackground },
  throttled: { backgroundColor: tokens.colorPaletteDarkOrangeForeground1 },
  warn: { color: tokens.colorPaletteDarkOrangeForeground1 },
})

const numberText = (value: number) => new Intl.NumberFormat(locale()).format(value)

/** How much of a request budget is used, drawn against what it may become, and how it was with refusals. */
export function BudgetMeter({ budget }: { budget: BudgetView }) {
  const styles = useStyles()
  const said = healthWords()
  const now = useNow()
  const { used, limit, ceiling, growth, blockedUntil, refusals, throttled } = budget
  const share = `${Math.min(100, (100 * used) / Math.max(1, limit))}%`
  const grows = growth > 0 ? said.mayGrow(numberText(growth), numberText(ceiling)) : said.atCeiling
  const before = refusals > 0 ? said.refusals(refusals) : said.neverRefused
  return (
    <>
      {said.used(numberText(used), numberText(limit))}
      <div className={styles.track} aria-hidden>
        <div className={mergeClasses(styles.fill, throttled && styles.throttled)} style={{ width: share }} />
      </div>
      <div>
        {grows}; {before}
      </div>
      {throttled && (
        <div className={styles.warn}>
          {said.throttledSince(clockText(throttled.since, now))};{' '}
          {said.lastRefusal(exactText(throttled.lastAt, now), lengthText(throttled.retryAfterMs))}
          {blockedUntil !== undefined && `; ${said.blockedUntil(exactText(blockedUntil, now))}`}
        </div>
      )}
    </>
  )
}
