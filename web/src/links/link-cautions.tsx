import { MessageBar, MessageBarBody, makeStyles } from '@fluentui/react-components'
import type { LinkPlan } from '../../../src/core/link-plan.ts'
import type { LinkItem } from '../configuration/configuration-client.ts'
import { effectiveRules } from './link-rules.ts'
import { linksWords } from './links-words.ts'

const useStyles = makeStyles({ all: { display: 'flex', flexDirection: 'column', gap: '8px' } })

/** What one should know of a link before it is saved. */
export function LinkCautions({ plan, draft }: { plan: LinkPlan; draft: LinkItem }) {
  const styles = useStyles()
  const { cautions } = linksWords()
  const { rows } = effectiveRules(plan, draft)
  const target = plan.systems.find(({ id }) => id === draft.to)
  const shows = (pattern: RegExp) => rows.some(({ state }) => state !== undefined && pattern.test(state))
  const toTeams = target?.kind === 'collaboration'
  const toPhone = target?.kind === 'pbx' || target?.kind === 'queue'
  const told = [
    toTeams && shows(/^busy\/(inACall|inAConferenceCall)$/) ? cautions.teamsRings : undefined,
    toTeams && draft.silenceTeams ? cautions.silence : undefined,
    toTeams && draft.callsAs === 'busy' && !draft.silenceTeams ? cautions.busyAbove : undefined,
    toPhone && shows(/^doNotDisturb\//) ? cautions.lastingDnd : undefined,
    toPhone && rows.some(({ act }) => act === 'hold') ? cautions.holds : undefined,
  ].filter((text) => text !== undefined)
  return (
    <div className={styles.all}>
      {told.map((text) => (
        <MessageBar key={text} intent="warning" layout="multiline">
          <MessageBarBody>{text}</MessageBarBody>
        </MessageBar>
      ))}
    </div>
  )
}
