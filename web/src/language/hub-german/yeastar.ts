import type { HubSentences } from '../hub-translator.ts'

/** What a trial of a Yeastar P-Series finds, and what its connector says of a write. */
export const yeastarSentences: HubSentences = {
  'the Yeastar connector': 'dem Yeastar-Konnektor',
  'Compare it with docs/connectors/yeastar.md.': 'Vergleichen Sie sie mit docs/connectors/yeastar.md.',
  'The Yeastar connector could not be started.': 'Der Yeastar-Konnektor ließ sich nicht starten.',
  'Signed in at {host}: {model}, firmware {firmware}.': 'Angemeldet an {host}: {model}, Firmware {firmware}.',
  'a model that is not told': 'ein Modell, das nicht genannt wird',
  'The PBX has no extensions.': 'Die Telefonanlage hat keine Nebenstellen.',
  'Add extensions, or correct url.': 'Legen Sie Nebenstellen an, oder berichtigen Sie url.',
  'The PBX tells of events by WebSocket; of which extensions cannot be asked.':
    'Die Telefonanlage meldet Ereignisse über WebSocket; von welchen Nebenstellen, lässt sich nicht fragen.',
  'Tick every extension at Integrations > API, under Call Status Monitor and Presence Status Monitor.':
    'Haken Sie unter Integrations > API alle Nebenstellen an, bei Call Status Monitor und bei Presence Status Monitor.',
  'Webhooks are wanted, and their secret is not set.':
    'Webhooks sind gewünscht, und ihr Geheimnis ist nicht gesetzt.',
  'Copy it from Integrations > API > Webhook Event Push into webhookSecret.':
    'Kopieren Sie es aus Integrations > API > Webhook Event Push nach webhookSecret.',
  'Webhooks are signed; their address is known once the hub runs.':
    'Webhooks sind signiert; ihre Adresse steht fest, sobald der Hub läuft.',
  'Webhooks are signed; the PBX has to send them by POST to {address}.':
    'Webhooks sind signiert; die Telefonanlage muss sie mit POST an {address} schicken.',
  'Whether the PBX syncs presence with Teams by itself is not told by its API.':
    'Ob die Telefonanlage die Präsenz selbst mit Teams abgleicht, sagt ihre API nicht.',
  'It has to be on: {where}.': 'Es muss an sein: {where}.',
  'It has to be off: {where}. Or set "teamsSync: vendor" at this connector.':
    'Es muss aus sein: {where}. Oder setzen Sie bei diesem Konnektor „teamsSync: vendor“.',
  'Integrations > Collaboration, and Features > Teams presence of each extension':
    'Integrations > Collaboration, und bei jeder Nebenstelle Features > Teams presence',

  'the PBX is at one of its limits ({code})': 'die Telefonanlage ist an einer ihrer Grenzen ({code})',
  'no reason given': 'kein Grund genannt',
  'The {asked} could not be read: {reason}.': 'Nicht zu lesen: {asked}: {reason}.',
  'The extensions could not be read: {reason}.': 'Die Nebenstellen ließen sich nicht lesen: {reason}.',
  'The calls could not be read: {reason}.': 'Die Anrufe ließen sich nicht lesen: {reason}.',
  'The description of the PBX could not be read: {reason}.':
    'Die Beschreibung der Telefonanlage ließ sich nicht lesen: {reason}.',
  'The PBX declines to tell the {asked} ({code}): {reason}.':
    'Die Telefonanlage verweigert die Auskunft: {asked} ({code}): {reason}.',
  'The PBX declines to tell the extensions ({code}): {reason}.':
    'Die Telefonanlage lehnt es ab, die Nebenstellen zu nennen ({code}): {reason}.',
  'The PBX declines to tell the calls ({code}): {reason}.':
    'Die Telefonanlage lehnt es ab, die Anrufe zu nennen ({code}): {reason}.',
  'The PBX declines to tell the description of the PBX ({code}): {reason}.':
    'Die Telefonanlage lehnt es ab, sich zu beschreiben ({code}): {reason}.',
  'Look at Integrations > API of the PBX: enabled, its IP restriction, and the firmware, which must be 37.7.0.16, 84.7.0.17 or later.':
    'Sehen Sie an der Telefonanlage unter Integrations > API nach: ob sie eingeschaltet ist, nach ihrer IP-Beschränkung, und nach der Firmware, die 37.7.0.16, 84.7.0.17 oder neuer sein muss.',
  'the list of extensions could not be understood': 'die Liste der Nebenstellen war nicht zu verstehen',
  'the extension could not be understood': 'die Nebenstelle war nicht zu verstehen',
  'the calls could not be understood': 'die Anrufe waren nicht zu verstehen',
  'The PBX is not heard: {reason}.': 'Von der Telefonanlage ist nichts zu hören: {reason}.',
  'The PBX is not heard.': 'Von der Telefonanlage ist nichts zu hören.',
  'The PBX does not tell of calls of {extensions}; changes are found late.':
    'Die Telefonanlage meldet Anrufe von {extensions} nicht; Änderungen fallen spät auf.',
  'The PBX does not tell of calls of {extensions} and {number} more; changes are found late.':
    'Die Telefonanlage meldet Anrufe von {extensions} und {number} weiteren nicht; Änderungen fallen spät auf.',
  'The PBX does not tell of presence of {extensions}; changes are found late.':
    'Die Telefonanlage meldet die Präsenz von {extensions} nicht; Änderungen fallen spät auf.',
  'The PBX does not tell of presence of {extensions} and {number} more; changes are found late.':
    'Die Telefonanlage meldet die Präsenz von {extensions} und {number} weiteren nicht; Änderungen fallen spät auf.',
  'The PBX does not tell of {asked} of {extensions}; changes are found late.':
    'Die Telefonanlage meldet nicht ({asked}) bei {extensions}; Änderungen fallen spät auf.',
  'Tick them at Integrations > API > {monitor} of the PBX.':
    'Haken Sie sie an der Telefonanlage unter Integrations > API > {monitor} an.',
  'webhooks and reading': 'Webhooks und Lesen',
  'The PBX declines to tell of events ({code}).':
    'Die Telefonanlage lehnt es ab, Ereignisse zu melden ({code}).',
  'Look at Integrations > API of the PBX, or set events: webhook.':
    'Sehen Sie an der Telefonanlage unter Integrations > API nach, oder setzen Sie events: webhook.',
  'The PBX does not tell of events: {reason}.': 'Die Telefonanlage meldet keine Ereignisse: {reason}.',
  'The WebSocket broke.': 'Der WebSocket ist abgebrochen.',
  'The PBX has no WebSocket for us ({status}).': 'Die Telefonanlage hat keinen WebSocket für uns ({status}).',
  'Let WebSockets pass any proxy in front of the PBX, update its firmware, or set events: webhook.':
    'Lassen Sie WebSockets durch jeden Proxy vor der Telefonanlage, aktualisieren Sie deren Firmware, oder setzen Sie events: webhook.',

  'Check url, the firewall, the name resolution of this machine, and the IP restriction at Integrations > API. A self-signed certificate has to be trusted by this machine.':
    'Prüfen Sie url, die Firewall, die Namensauflösung dieses Rechners und die IP-Beschränkung unter Integrations > API. Einem selbstsignierten Zertifikat muss dieser Rechner vertrauen.',
  '{host} has no API for applications ({code}).': '{host} hat keine API für Anwendungen ({code}).',
  'Check url, and enable Integrations > API. It needs a P550, P560 or P570 with firmware 37.7.0.16 or later, a Software Edition, or a Cloud Edition 84.7.0.17 or later; a P520 has none.':
    'Prüfen Sie url, und schalten Sie Integrations > API ein. Nötig ist eine P550, P560 oder P570 mit Firmware 37.7.0.16 oder neuer, eine Software Edition, oder eine Cloud Edition 84.7.0.17 oder neuer; eine P520 hat keine.',
  '{host} has no access token left ({code}).': '{host} hat kein Zugriffstoken mehr übrig ({code}).',
  'The PBX has eight tokens for all of its applications; end programs that ask for new ones without giving them back.':
    'Die Telefonanlage hat acht Token für alle ihre Anwendungen; beenden Sie Programme, die neue anfordern, ohne sie zurückzugeben.',
  '{host} has blocked the address of this hub ({code}).':
    '{host} hat die Adresse dieses Hubs gesperrt ({code}).',
  'Unblock it at Security > Security Rules > Blocked IPs of the PBX, and check clientId and clientSecret.':
    'Heben Sie die Sperre an der Telefonanlage unter Security > Security Rules > Blocked IPs auf, und prüfen Sie clientId und clientSecret.',
  '{host} does not accept the Client ID or Client Secret ({code}).':
    '{host} nimmt Client ID oder Client Secret nicht an ({code}).',
  'Compare clientId and clientSecret with Integrations > API of the PBX, and its IP restriction with the address of this machine.':
    'Vergleichen Sie clientId und clientSecret mit Integrations > API der Telefonanlage, und deren IP-Beschränkung mit der Adresse dieses Rechners.',
  'The PBX runs firmware {version}, which is too old.':
    'Die Telefonanlage hat die Firmware {version}; das ist zu alt.',
  'Update to 37.7.0.16 or later (Appliance and Software Edition), or 84.7.0.17 or later (Cloud Edition).':
    'Aktualisieren Sie auf 37.7.0.16 oder neuer (Appliance und Software Edition), oder auf 84.7.0.17 oder neuer (Cloud Edition).',

  'Yeastar has no slot "{slot}".': 'Yeastar hat keinen Slot „{slot}“.',
  'Use presence.': 'Nehmen Sie presence.',
  'Yeastar is not given {presence}.': '{presence} wird an Yeastar nicht geschrieben.',
  'Set writePresence: true.': 'Setzen Sie writePresence: true.',
  'Yeastar has no extension {extension}.': 'Yeastar hat keine Nebenstelle {extension}.',
  'Yeastar declines it ({code}): {reason}.': 'Yeastar lehnt es ab ({code}): {reason}.',
  'Look the code up under Error Code and Error Message in the developer guide of the PBX.':
    'Schlagen Sie den Code im Entwicklerhandbuch der Telefonanlage unter Error Code and Error Message nach.',
}
