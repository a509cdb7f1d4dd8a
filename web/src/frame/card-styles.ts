import { makeStyles, tokens } from '@fluentui/react-components'

/** A thing by itself among others of its kind. */
export const useCardStyles = makeStyles({
  card: {
    minWidth: 0,
    padding: '12px 16px',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: 'anywhere',
  },
})
