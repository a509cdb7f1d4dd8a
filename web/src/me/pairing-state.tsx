import { Badge, Button, makeStyles } from '@fluentui/react-components'
import { use } from 'react'
import type { PersonConsent } from '../../../src/core/consent-port.ts'
import { useNow } from '../live/now.ts'
import { HubText } from '../words/hub-text.tsx'
import { clockText } from '../words/time.ts'
import { unpair } from './me-client.ts'
import { meWords } from './me-words.ts'
import { PairingWayContext } from './pairing-way.ts'
import type { SectionProps } from './section-props.ts'

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px', margin: '0 0 12px' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
})

const colors = { green: 'success', amber: 'warning', red: 'danger' } as const

/** Whether one has signed in with an account of one's own, and how that sign-in is doing. */
export function PairingState({ consent, subject, act }: SectionProps & { consent: PersonConsent }) {
  const styles = useStyles()
  const now = useNow()
  const { pairing: said } = meWords()
  const signIn = use(PairingWayContext)
  const { pairing, canPair, refusal } = consent
  const begin = () => void act(signIn(subject))
  return (
    <>
      {pairing ? (
        <div className={styles.line}>
          <Badge color={colors[pairing.state]}>{said.states[pairing.state]}</Badge>
          {said.account(pairing.account, clockText(pairing.at, now))}
        </div>
      ) : (
        <p>{said.none}</p>
      )}
      {pairing?.trouble && (
        <HubText>
          {said.since(clockText(pairing.trouble.since, now))} {pairing.trouble.words} {pairing.trouble.fix}
        </HubText>
      )}
      {refusal && (
        <div className={styles.line}>
          {said.lastTry(clockText(refusal.at, now))} <HubText>{refusal.words}</HubText>
        </div>
      )}
      <div className={styles.buttons}>
        {canPair && <Button onClick={begin}>{pairing ? said.again : said.begin}</Button>}
        {pairing && <Button onClick={() => void act(unpair(subject))}>{said.forget}</Button>}
      </div>
    </>
  )
}
