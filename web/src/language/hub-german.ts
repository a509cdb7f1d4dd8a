import { choiceWords } from './field-german-choices.ts'
import { phoneFields } from './field-german-phones.ts'
import { tenantFields } from './field-german-tenant.ts'
import { vendorFields } from './field-german-vendors.ts'
import { agentSentences } from './hub-german/agent.ts'
import { apiSentences } from './hub-german/api.ts'
import { asteriskSentences } from './hub-german/asterisk.ts'
import { configFaults } from './hub-german/config-faults.ts'
import { hubConfigFaults } from './hub-german/config-hub.ts'
import { connectionSentences } from './hub-german/connection.ts'
import { consentSentences } from './hub-german/consent.ts'
import { cstaSentences } from './hub-german/csta.ts'
import { entraSentences } from './hub-german/entra.ts'
import { freeswitchSentences } from './hub-german/freeswitch.ts'
import { netsapiensSentences } from './hub-german/netsapiens.ts'
import { peopleSentences } from './hub-german/people.ts'
import { phoneSystemSentences } from './hub-german/phone-systems.ts'
import { presetSentences } from './hub-german/presets.ts'
import { salesforceSentences } from './hub-german/salesforce.ts'
import { sipSentences } from './hub-german/sip.ts'
import { siteSentences } from './hub-german/sites.ts'
import { teamsSentences } from './hub-german/teams.ts'
import { threeCxSentences } from './hub-german/three-cx.ts'
import { vodiaSentences } from './hub-german/vodia.ts'
import { webexSentences } from './hub-german/webex.ts'
import { webhookSentences } from './hub-german/webhooks.ts'
import { whySentences } from './hub-german/why.ts'
import { yeastarSentences } from './hub-german/yeastar.ts'
import { createHubTranslator, type HubSentences } from './hub-translator.ts'

const fields: HubSentences = { ...phoneFields, ...tenantFields, ...vendorFields }
/** A fault is followed by what is expected of the field; labels are names, which may be anybody's. */
const explanations = Object.fromEntries(
  Object.entries(fields).filter(([english]) => english.split(' ').length > 4),
)

/** The hub's sentences in German; loaded with the first page in German, and by nobody else. */
export const translateHub = createHubTranslator({
  ...explanations,
  ...agentSentences,
  ...asteriskSentences,
  ...configFaults,
  ...hubConfigFaults,
  ...apiSentences,
  ...connectionSentences,
  ...consentSentences,
  ...cstaSentences,
  ...entraSentences,
  ...freeswitchSentences,
  ...netsapiensSentences,
  ...peopleSentences,
  ...phoneSystemSentences,
  ...presetSentences,
  ...salesforceSentences,
  ...sipSentences,
  ...siteSentences,
  ...teamsSentences,
  ...threeCxSentences,
  ...vodiaSentences,
  ...webexSentences,
  ...webhookSentences,
  ...whySentences,
  ...yeastarSentences,
})

/** Labels and explanations of settings, as the schemas of connectors have them. */
export const translateField = createHubTranslator(fields)

/** Words that a setting is chosen from. */
export const translateChoice = createHubTranslator(choiceWords)
