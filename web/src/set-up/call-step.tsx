import { Link, makeStyles, Spinner } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import type { PersonView } from '../../../src/core/view.ts'
import { personAddress } from '../frame/route.ts'
import { words } from '../language/words.ts'

const useStyles = makeStyles({ text: { margin: 0, maxWidth: '640px' } })

interface Seen {
  readonly key: string
  readonly name: string
}

const storageKey = (tenant: string) => `hookswitch.first-call.${tenant}`

/** The first call that the board showed, kept by the browser. */
export function useFirstCall(
  tenant: string | undefined,
  people: ReadonlyMap<string, PersonView> | undefined,
): Seen | undefined {
  const [seen, setSeen] = useState<Seen>()
  useEffect(() => {
    if (tenant === undefined || seen) return
    const kept = localStorage.getItem(storageKey(tenant))
    const now = kept === null ? findCall(tenant, people) : (JSON.parse(kept) as Seen)
    if (!now) return
    localStorage.setItem(storageKey(tenant), JSON.stringify(now))
    setSeen(now)
  }, [tenant, people, seen])
  return seen
}

/** A call that was written somewhere: a phone rang, and another system shows it. */
function findCall(tenant: string, people: ReadonlyMap<string, PersonView> | undefined): Seen | undefined {
  for (const [key, person] of people ?? []) {
    const calls = person.tenant === tenant && person.state.activity === 'inACall'
    const written = person.systems.some(({ targets }) => targets.some(({ at }) => at !== undefined))
    if (calls && written) return { key, name: person.displayName }
  }
  return undefined
}

/** Waits for the first call. */
export function CallStep({ seen }: { seen: Seen | undefined }) {
  const styles = useStyles()
  const { setUp: said } = words()
  if (seen) {
    return (
      <p className={styles.text}>
        {said.called(seen.name)} <Link href={personAddress(seen.key)}>{said.why}</Link>
      </p>
    )
  }
  return (
    <>
      <p className={styles.text}>{said.callText}</p>
      <Spinner size="tiny" label={said.waiting} />
    </>
  )
}
