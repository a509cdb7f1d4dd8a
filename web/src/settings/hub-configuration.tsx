import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Textarea,
} from '@fluentui/react-components'
import { useState } from 'react'
import type { ConfigProblem } from '../../../src/core/config-port.ts'
import type { Configuration } from '../configuration/configuration-client.ts'
import { VersionHistory } from '../configuration/version-history.tsx'
import { ProblemSpan } from '../form/problem-span.tsx'
import { PageSection } from '../frame/page-section.tsx'
import { PageFailed, PageLoading } from '../frame/page-state.tsx'
import { words } from '../language/words.ts'
import { saveFile } from '../live/download.ts'
import { HubError } from '../live/http.ts'
import { useAnswer } from '../live/use-answer.ts'
import { checkYaml, readYaml, rotateKeys, saveYaml } from './settings-client.ts'
import { settingsWords } from './settings-words.ts'

const useStyles = makeStyles({
  text: { margin: '0 0 12px' },
  yaml: { width: '100%', '& textarea': { fontFamily: 'monospace', minHeight: '360px' } },
  line: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'flex-end', marginTop: '12px' },
  comment: { flex: '1 1 240px', maxWidth: '480px' },
})

interface Told {
  readonly intent: 'success' | 'error'
  readonly text: string
  readonly problems?: readonly ConfigProblem[]
}

/** The configuration of the whole hub, as its operators see it: text, keys, versions. */
export function HubConfiguration({
  configuration,
  changed,
}: {
  configuration: Configuration
  changed(text: string): void
}) {
  const yaml = useAnswer(String(configuration.version), readYaml)
  if (yaml.error) return <PageFailed reason={yaml.error.message} />
  if (yaml.value === undefined) return <PageLoading />
  return <Loaded key={configuration.version} {...{ configuration, changed }} yaml={yaml.value} />
}

function Loaded(props: { configuration: Configuration; yaml: string; changed(text: string): void }) {
  const styles = useStyles()
  const said = settingsWords()
  const { versions } = words()
  const { configuration, yaml, changed } = props
  const readOnly = configuration.source === 'file'
  const [draft, setDraft] = useState(yaml)
  const [comment, setComment] = useState('')
  const [told, tell] = useState<Told>()
  const [busy, setBusy] = useState(false)
  const act = (work: () => Promise<Told | undefined>) => {
    setBusy(true)
    void work()
      .then(tell, (error: Error) => {
        tell({
          ...{ intent: 'error', text: error.message },
          problems: error instanceof HubError ? error.problems : [],
        })
      })
      .finally(() => setBusy(false))
  }
  const check = async (): Promise<Told> => {
    const { problems } = await checkYaml(draft)
    if (problems.length === 0) return { intent: 'success', text: said.checked }
    return { intent: 'error', text: said.wrong(problems.length), problems }
  }
  const save = async (): Promise<undefined> => {
    const { afterRestart } = await saveYaml(draft, { version: configuration.version ?? 0, comment })
    const rest = afterRestart.length > 0 ? said.afterRestart(afterRestart.join(', ')) : ''
    changed(`${said.saved} ${rest}`)
    return undefined
  }
  const rotate = async (): Promise<Told> => {
    const { resealed, key } = await rotateKeys()
    return { intent: 'success', text: said.rotated(resealed, key) }
  }
  return (
    <>
      {told && <Notice told={told} />}
      <PageSection title={said.tabs.hub}>
        <p className={styles.text}>{said.wholeText}</p>
        <Field label={said.yaml}>
          <Textarea
            className={styles.yaml}
            resize="vertical"
            spellCheck={false}
            readOnly={readOnly}
            value={draft}
            onChange={(_, { value }) => setDraft(value)}
          />
        </Field>
        <div className={styles.line}>
          {!readOnly && (
            <>
              <Field label={said.comment} className={styles.comment}>
                <Input value={comment} maxLength={1000} onChange={(_, { value }) => setComment(value)} />
              </Field>
              <Button disabled={busy} onClick={() => act(check)}>
                {said.check}
              </Button>
              <Button appearance="primary" disabled={busy} onClick={() => act(save)}>
                {said.save}
              </Button>
            </>
          )}
          <Button onClick={() => saveFile(new Blob([yaml], { type: 'application/yaml' }), 'hookswitch.yaml')}>
            {said.download}
          </Button>
        </div>
      </PageSection>
      {!readOnly && (
        <PageSection title={said.keys}>
          <p className={styles.text}>{said.keysText}</p>
          <Button disabled={busy} onClick={() => act(rotate)}>
            {said.rotate}
          </Button>
        </PageSection>
      )}
      <PageSection title={versions.title}>
        <VersionHistory configuration={configuration} done={changed} />
      </PageSection>
    </>
  )
}

function Notice({ told }: { told: Told }) {
  return (
    <MessageBar intent={told.intent} layout="multiline">
      <MessageBarBody role="status">
        {told.text}{' '}
        {(told.problems ?? []).slice(0, 20).map((problem) => (
          <span key={`${problem.path} ${problem.message}`}>
            {problem.line === undefined ? '' : `${problem.line}: `}
            {problem.path} <ProblemSpan problem={problem} />{' '}
          </span>
        ))}
      </MessageBarBody>
    </MessageBar>
  )
}
