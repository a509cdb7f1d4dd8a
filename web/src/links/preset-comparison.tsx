import { Button, makeStyles } from '@fluentui/react-components'
import type { LinkPlan } from '../../../src/core/link-plan.ts'
import type { LinkItem } from '../configuration/configuration-client.ts'
import { DataTable } from '../frame/data-table.tsx'
import { words } from '../language/words.ts'
import { differencesOf, presetOf } from './link-rules.ts'
import { linksWords } from './links-words.ts'
import { keyText, valueText } from './rule-words.ts'

const useStyles = makeStyles({ text: { margin: 0 }, buttons: { marginTop: '12px' } })

/** Where the link is not as its preset, and the way back to it. */
export function PresetComparison(props: {
  plan: LinkPlan
  draft: LinkItem
  /** Left out where nothing may be changed. */
  restore?: () => void
}) {
  const styles = useStyles()
  const said = linksWords()
  const { versions } = words()
  const { plan, draft, restore } = props
  const differences = differencesOf(plan, draft)
  if (differences.length === 0) return <p className={styles.text}>{said.same}</p>
  return (
    <>
      <DataTable
        label={said.compare}
        heads={[versions.what, `${said.inPreset}: ${presetOf(plan, draft).title}`, said.here]}
        lines={differences.map(({ key, preset, here }) => ({
          key: String(key),
          cells: [keyText(key), valueText(key, preset), valueText(key, here)],
        }))}
      />
      {restore && (
        <Button className={styles.buttons} onClick={restore}>
          {said.restore}
        </Button>
      )}
    </>
  )
}
