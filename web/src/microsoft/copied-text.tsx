import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark'
import { CopyRegular } from '@fluentui/react-icons/svg/copy'
import { useState } from 'react'
import { words } from '../language/words.ts'
import { copyText } from '../live/copy-text.ts'

const useStyles = makeStyles({
  whole: {
    display: 'flex',
    gap: '8px',
    alignItems: 'flex-start',
    minWidth: 0,
    '@media (max-width: 640px)': { flexDirection: 'column', alignItems: 'stretch' },
  },
  box: {
    flex: '1 1 auto',
    padding: '8px 12px',
    minWidth: 0,
    maxHeight: '320px',
    overflow: 'auto',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  text: {
    margin: 0,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground1,
  },
  line: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
})

/** A text for somewhere else, as it is, with a button that copies it. `what` names it to a reader aloud. */
export function CopiedText(props: { text: string; what: string; wrapped?: boolean }) {
  const styles = useStyles()
  const { microsoft: said } = words()
  const [copied, setCopied] = useState(false)
  return (
    <div className={styles.whole}>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        aria-label={props.what}
        className={styles.box}
      >
        <pre className={mergeClasses(styles.text, props.wrapped && styles.line)}>{props.text}</pre>
      </section>
      <Button
        size="small"
        icon={copied ? <CheckmarkRegular /> : <CopyRegular />}
        aria-label={said.copyWhat(props.what)}
        onClick={() => void copyText(props.text).then(setCopied)}
      >
        {copied ? said.copied : said.copy}
      </Button>
    </div>
  )
}
