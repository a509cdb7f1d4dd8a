import { choiceWords } from './field-german-choices.ts'
import { phoneFields } from './field-german-phones.ts'
import { tenantFields } from './field-german-tenant.ts'
import { vendorFields } from './field-german-vendors.ts'
import { apiSentences } from './hub-german/api.ts'
import { connectionSentences } from './hub-german/connection.ts'
import { consentSentences } from './hub-german/consent.ts'
import { entraSentences } from './hub-german/entra.ts'
import { peopleSentences } from './hub-german/people.ts'
import { presetSentences } from './hub-german/presets.ts'
import { siteSentences } from './hub-german/sites.ts'
import { teamsSentences } from './hub-german/teams.ts'
import { whySentences } from './hub-german/why.ts'
import { createHubTranslator } from './hub-translator.ts'

/** The hub's sentences in German; loaded with the first page in German, and by nobody else. */
export const translateHub = createHubTranslator({
  ...apiSentences,
  ...connectionSentences,
  ...consentSentences,
  ...entraSentences,
  ...peopleSentences,
  ...presetSentences,
  ...siteSentences,
  ...teamsSentences,
  ...whySentences,
})

/** Labels and explanations of settings, as the schemas of connectors have them. */
export const translateField = createHubTranslator({ ...phoneFields, ...tenantFields, ...vendorFields })

/** Words that a setting is chosen from. */
export const translateChoice = createHubTranslator(choiceWords)
