import { makeStyles, Switch } from '@fluentui/react-components'
import type { PersonConsent } from '../../../src/core/consent-port.ts'
import { switchConsent } from './me-client.ts'
import { meWords } from './me-words.ts'
import type { SectionProps } from './section-props.ts'

const useStyles = makeStyles({ text: { margin: 0 } })

/** Whether one is kept in step at all: nothing happens before it is on. */
export function ConsentSwitch({ consent, subject, act }: SectionProps & { consent: PersonConsent }) {
  const styles = useStyles()
  const { consent: said } = meWords()
  return (
    <>
      <p className={styles.text}>{consent.agreed ? said.on : said.off}</p>
      <Switch
        checked={consent.agreed}
        label={said.label}
        onChange={(_, { checked }) => void act(switchConsent(subject, checked))}
      />
    </>
  )
}
