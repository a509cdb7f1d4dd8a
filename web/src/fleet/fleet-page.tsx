import { Button, makeStyles, SearchBox, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons/svg/add'
import { useState } from 'react'
import type { PageContext } from '../frame/page-context.ts'
import { PageScroll } from '../frame/page-section.tsx'
import { PageEmpty, PageFailed, PageLoading } from '../frame/page-state.tsx'
import { go } from '../frame/route.ts'
import { words } from '../language/words.ts'
import { usePolled } from '../live/use-polled.ts'
import { setUpAddress } from '../set-up/set-up-address.ts'
import { readFleet } from './fleet-client.ts'
import { FleetList } from './fleet-list.tsx'
import { RemovalNote } from './removal-note.tsx'
import { RollOut } from './roll-out.tsx'
import { useRemoval } from './use-removal.ts'

const everyMs = 15_000

const useStyles = makeStyles({
  tools: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  search: { flex: '1 1 220px', maxWidth: '360px' },
  count: { color: tokens.colorNeutralForeground2, marginRight: 'auto' },
})

/** All customers at a glance, those with problems first; and a template for several of them. */
export default function FleetPage({ configuration }: Pick<PageContext, 'configuration'>) {
  const styles = useStyles()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [rolling, setRolling] = useState(false)
  const removal = useRemoval()
  const { value, error } = usePolled({ key: `fleet ${removal.count}`, everyMs, read: readFleet })
  const { fleet } = words()
  if (!value) return error ? <PageFailed reason={error.message} /> : <PageLoading />
  const wanted = text.trim().toLowerCase()
  const shown = value.filter(
    ({ tenant, reasons }) =>
      tenant.toLowerCase().includes(wanted) ||
      reasons.some((reason) => reason.toLowerCase().includes(wanted)),
  )
  const broken = value.filter(({ condition }) => condition !== 'fine').length
  const choose = (tenant: string, on: boolean) => {
    const next = new Set(chosen)
    if (on) next.add(tenant)
    else next.delete(tenant)
    setChosen(next)
  }
  return (
    <PageScroll>
      <div className={styles.tools}>
        <SearchBox
          className={styles.search}
          aria-label={fleet.search}
          placeholder={fleet.search}
          value={text}
          onChange={(_, data) => setText(data.value)}
        />
        <span className={styles.count} role="status">
          {fleet.count(shown.length, broken)}
        </span>
        {configuration === 'stored' && (
          <>
            <Button disabled={chosen.size === 0} onClick={() => setRolling(true)}>
              {fleet.rollOut(chosen.size)}
            </Button>
            <Button appearance="primary" icon={<AddRegular />} onClick={() => go(setUpAddress())}>
              {fleet.add}
            </Button>
          </>
        )}
      </div>
      <RemovalNote removal={removal} />
      {rolling && chosen.size > 0 && (
        <RollOut key={[...chosen].join()} tenants={[...chosen]} close={() => setRolling(false)} />
      )}
      {shown.length === 0 ? (
        <PageEmpty>{fleet.none}</PageEmpty>
      ) : (
        <FleetList
          rows={shown}
          {...(configuration === 'stored' && { chosen, choose, remove: removal.remove })}
        />
      )}
    </PageScroll>
  )
}
