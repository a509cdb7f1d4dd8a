import { Button, makeStyles } from '@fluentui/react-components'
import type { WebhookView } from '../../../src/core/webhook-port.ts'
import { AskFirst } from '../frame/ask-first.tsx'
import { replayEvents, tellAgain, testWebhook } from './settings-client.ts'
import { settingsWords } from './settings-words.ts'
import type { Told } from './told.ts'

const useStyles = makeStyles({ buttons: { display: 'flex', flexWrap: 'wrap', gap: '4px' } })

/** What can be done with one webhook. */
export function WebhookButtons(props: {
  webhook: WebhookView
  readOnly: boolean
  act(work: Promise<Told>): void
  remove(): void
}) {
  const styles = useStyles()
  const said = settingsWords()
  const { webhook, readOnly, act, remove } = props
  const { tenant, id } = webhook
  const test = async (): Promise<Told> => {
    const trial = await testWebhook(tenant, id)
    if (trial.taken) return { intent: 'success', text: said.taken(id) }
    return { intent: 'warning', text: said.notTaken(id, trial.reason) }
  }
  const replay = async (): Promise<Told> => {
    return { intent: 'success', text: said.replayed(await replayEvents(tenant, id)) }
  }
  const tell = async (): Promise<Told> => {
    return { intent: 'success', text: said.toldAgain(await tellAgain(tenant, id)) }
  }
  return (
    <span className={styles.buttons}>
      <Button size="small" aria-label={said.testNamed(id)} onClick={() => act(test())}>
        {said.test}
      </Button>
      {webhook.failed > 0 && (
        <Button size="small" onClick={() => act(replay())}>
          {said.replayNamed(id)}
        </Button>
      )}
      <AskFirst
        trigger={
          <Button size="small" aria-label={said.tellAgainNamed(id)}>
            {said.tellAgain}
          </Button>
        }
        title={said.tellAgainTitle(id)}
        text={said.tellAgainText}
        label={said.tellAgain}
        act={() => act(tell())}
      />
      {!readOnly && (
        <Button size="small" onClick={remove}>
          {said.removeNamed(id)}
        </Button>
      )}
    </span>
  )
}
