import { Button, MessageBar, MessageBarBody, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import type { IssuedToken } from '../../../src/core/token-port.ts'
import { AskFirst } from '../frame/ask-first.tsx'
import { DataTable } from '../frame/data-table.tsx'
import { PageSection } from '../frame/page-section.tsx'
import { PageEmpty, PageFailed, PageLoading } from '../frame/page-state.tsx'
import { useAnswer } from '../live/use-answer.ts'
import { exactText } from '../words/time.ts'
import { NewToken } from './new-token.tsx'
import { SecretOnce } from './secret-once.tsx'
import { issueToken, readTokens, revokeToken } from './settings-client.ts'
import { settingsWords } from './settings-words.ts'

const useStyles = makeStyles({ text: { margin: '0 0 12px' } })

/** Tokens for programs: made, listed, revoked. `mayAll`: one may reach every tenant. */
export function TokenSection({ tenants, mayAll }: { tenants: readonly string[]; mayAll: boolean }) {
  const styles = useStyles()
  const said = settingsWords()
  const [round, setRound] = useState(0)
  const [made, setMade] = useState<string>()
  const [told, tell] = useState<{ readonly intent: 'success' | 'error'; readonly text: string }>()
  const tokens = useAnswer(`tokens ${round}`, async (signal) => ({ list: await readTokens(signal) }))
  const failed = (error: Error) => tell({ intent: 'error', text: error.message })
  if (tokens.error) return <PageFailed reason={tokens.error.message} />
  if (!tokens.value) return <PageLoading />
  const { list } = tokens.value
  if (!list) return <PageEmpty>{said.notHere}</PageEmpty>
  const revoke = ({ id, name }: IssuedToken) =>
    void revokeToken(id).then(() => {
      tell({ intent: 'success', text: said.revoked(name) })
      setRound(round + 1)
    }, failed)
  return (
    <>
      {told && (
        <MessageBar intent={told.intent}>
          <MessageBarBody role="status">{told.text}</MessageBarBody>
        </MessageBar>
      )}
      {made && <SecretOnce title={said.secretTitle} secret={made} />}
      <PageSection title={said.tabs.tokens}>
        <p className={styles.text}>{said.tokenText}</p>
        {list.length === 0 ? (
          <PageEmpty>{said.noTokens}</PageEmpty>
        ) : (
          <DataTable
            label={said.tabs.tokens}
            heads={[said.name, said.scopes, said.reaches, said.made, said.expires, said.revoke]}
            lines={list.map((token) => ({
              key: token.id,
              cells: [...cellsOf(token), <Revoke key="revoke" token={token} revoke={() => revoke(token)} />],
            }))}
          />
        )}
      </PageSection>
      <PageSection title={said.newToken}>
        <NewToken
          {...{ tenants, mayAll }}
          make={(wish) =>
            void issueToken(wish).then(({ secret }) => {
              setMade(secret)
              tell(undefined)
              setRound(round + 1)
            }, failed)
          }
        />
      </PageSection>
    </>
  )
}

function cellsOf({ name, scopes, tenants, createdAt, createdBy, expiresAt }: IssuedToken) {
  const said = settingsWords()
  const now = Date.now()
  const end = expiresAt === undefined ? said.never : exactText(expiresAt, now)
  return [
    name,
    scopes.map((scope) => said.scopeNames[scope]).join(', '),
    tenants?.join(', ') ?? said.allTenants,
    `${exactText(createdAt, now)}, ${createdBy}`,
    expiresAt !== undefined && expiresAt <= now ? said.isOver(end) : end,
  ]
}

function Revoke({ token, revoke }: { token: IssuedToken; revoke(): void }) {
  const said = settingsWords()
  return (
    <AskFirst
      title={said.revokeTitle(token.name)}
      text={said.revokeText}
      label={said.revoke}
      act={revoke}
      trigger={
        <Button size="small" aria-label={said.revokeNamed(token.name)}>
          {said.revoke}
        </Button>
      }
    />
  )
}
