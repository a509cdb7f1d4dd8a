import { Button, MessageBar, MessageBarBody, makeStyles, Spinner, tokens } from '@fluentui/react-components'
import { ProblemSpan } from '../form/problem-span.tsx'
import { Refused } from '../frame/refused.tsx'
import { words } from '../language/words.ts'
import { FindingList } from './finding-list.tsx'
import type { ConnectorDraft } from './use-connector-draft.ts'

const useStyles = makeStyles({
  heading: { margin: '4px 0', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3 },
  list: { margin: '4px 0 0', paddingLeft: '20px' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
})

/** Why nothing came of it, what is wrong elsewhere, and what the trial found. */
export function DraftOutcome({ draft }: { draft: ConnectorDraft }) {
  const styles = useStyles()
  const { connectors: said } = words()
  const { form, refused, trial } = draft
  return (
    <div aria-live="polite">
      <Refused text={refused} />
      {form.elsewhere.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {said.alsoWrong}
            <ul className={styles.list}>
              {form.elsewhere.map((problem) => (
                <li key={problem.path + problem.message}>
                  {problem.path}: <ProblemSpan problem={problem} />
                </li>
              ))}
            </ul>
          </MessageBarBody>
        </MessageBar>
      )}
      {trial && (
        <section aria-label={said.trial}>
          <h3 className={styles.heading}>{said.trial}</h3>
          {trial.stale && <p className={styles.quiet}>{said.trialStale}</p>}
          <FindingList findings={trial.findings} />
        </section>
      )}
    </div>
  )
}

/** Trying comes before saving; what does not work can be saved too, and says so. */
export function DraftButtons(props: { draft: ConnectorDraft; ready: boolean; save(): void }) {
  const styles = useStyles()
  const { connectors: said } = words()
  const { draft, ready } = props
  const { busy, trial } = draft
  const fails = trial?.findings.some(({ level }) => level === 'error') ?? false
  const works = trial !== undefined && !trial.stale && !fails
  const wrong = draft.form.sound === false
  return (
    <div className={styles.buttons}>
      <Button
        type="submit"
        appearance={works ? 'secondary' : 'primary'}
        disabled={busy !== undefined || !ready}
      >
        {said.tryIt}
      </Button>
      <Button
        appearance={works ? 'primary' : 'secondary'}
        disabled={busy !== undefined || !ready || wrong}
        onClick={props.save}
      >
        {fails ? said.saveAnyway : said.save}
      </Button>
      {busy && <Spinner size="tiny" label={busy === 'try' ? said.trying : said.saving} />}
    </div>
  )
}
