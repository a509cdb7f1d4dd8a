import { Button, Checkbox, Field, Input, makeStyles, Spinner } from '@fluentui/react-components'
import { useState } from 'react'
import type { Finding } from '../../../src/core/connector.ts'
import type { PermissionFinding } from '../../../src/core/consent-port.ts'
import type { Item } from '../configuration/configuration-client.ts'
import { FindingList } from '../connectors/finding-list.tsx'
import { Refused } from '../frame/refused.tsx'
import { words } from '../language/words.ts'
import { useSending } from '../session/use-sending.ts'
import { tryPermissions } from './consent-client.ts'

const useStyles = makeStyles({
  whole: { display: 'flex', flexDirection: 'column', gap: '8px', alignItems: 'flex-start' },
  person: { width: '100%', maxWidth: '560px' },
  list: { alignSelf: 'stretch' },
})

const levels: Record<PermissionFinding['outcome'], Finding['level']> = {
  granted: 'ok',
  missing: 'error',
  failed: 'error',
  notTried: 'info',
}

interface PermissionTrialProps {
  readonly tenant: string
  /** Undefined for one that is not saved. */
  readonly connector: string | undefined
  readonly settings: Item
  readonly readOnly: boolean
}

/** Tries each permission on one person, and tells each by itself. */
export function PermissionTrial({ tenant, connector, settings, readOnly }: PermissionTrialProps) {
  const styles = useStyles()
  const { microsoft: said, connectors } = words()
  const [person, setPerson] = useState('')
  const [write, setWrite] = useState(false)
  const [found, setFound] = useState<readonly PermissionFinding[]>()
  const { busy, refused, send } = useSending()
  const start = () =>
    send(async () => {
      setFound(undefined)
      setFound(await tryPermissions({ tenant, connector, settings, person, write }))
    })
  return (
    <div className={styles.whole}>
      <Field label={said.person} hint={said.personHint} className={styles.person}>
        <Input
          value={person}
          autoComplete="off"
          placeholder={said.onOneExample}
          onChange={(_, { value }) => setPerson(value.trim())}
        />
      </Field>
      {!readOnly && (
        <Checkbox
          label={said.alsoWrite}
          checked={write}
          onChange={(_, { checked }) => setWrite(checked === true)}
        />
      )}
      <Button disabled={busy || person === ''} onClick={start}>
        {said.tryPermissions}
      </Button>
      {busy && <Spinner size="tiny" label={connectors.trying} />}
      <div aria-live="polite" className={styles.list}>
        <Refused text={refused} />
        {found && <FindingList findings={found.map(asFinding)} />}
      </div>
    </div>
  )
}

function asFinding({ permission, outcome, text, fix }: PermissionFinding): Finding {
  return {
    level: levels[outcome],
    text: permission === '' ? text : `${permission}: ${text}`,
    ...(fix !== undefined && { fix }),
  }
}
