import type { HubSentences } from '../hub-translator.ts'

/** Names and summaries of presets, as `src/presets` has them. */
export const presetSentences: HubSentences = {
  Default: 'Standard',
  'Calls are shown as calls and do not disturb follows, in every direction; nothing else is written.':
    'Anrufe werden als Anrufe gezeigt, und Nicht stören geht mit, in jeder Richtung; sonst wird nichts geschrieben.',
  Vodia: 'Vodia',
  'A Teams call, do not disturb or Busy sets the extension’s do not disturb; external calls, ringing included, and do not disturb go to Teams.':
    'Ein Anruf in Teams, Nicht stören oder Beschäftigt setzt Nicht stören an der Nebenstelle; externe Anrufe, auch klingelnde, und Nicht stören gehen an Teams.',
  'NetSapiens, RingLogix, United Cloud, Viirtue': 'NetSapiens, RingLogix, United Cloud, Viirtue',
  'Teams follows the phone as with preset connecttoteams; a Teams call or do not disturb pauses incoming calls at the phone system.':
    'Teams folgt dem Telefon wie mit der Vorlage connecttoteams; ein Anruf oder Nicht stören in Teams hält ankommende Anrufe an der Telefonanlage an.',
  ConnecttoTeams: 'ConnecttoTeams',
  'Teams follows the phone: off-hook is In a call, on-hook takes that back. Nothing goes the other way.':
    'Teams folgt dem Telefon: abgehoben ist In einem Anruf, aufgelegt nimmt das zurück. In die andere Richtung geht nichts.',
  'Standard phone system with Microsoft Teams and a CRM':
    'Übliche Telefonanlage mit Microsoft Teams und einem CRM',
  'CRM and Teams follow each other.': 'CRM und Teams folgen einander.',
  'Mirage MS-Teams Connector': 'Mirage MS-Teams Connector',
  'CRM and Teams follow each other within 7 seconds; the softphone in the CRM is Teams.':
    'CRM und Teams folgen einander binnen 7 Sekunden; das Softphone im CRM ist Teams.',
  'Webex Calling beside a CRM': 'Webex Calling neben einem CRM',
  'CRM and Teams follow each other; Webex Calling and Teams are kept in step by Webex itself, so that its calls reach the CRM through Teams.':
    'CRM und Teams folgen einander; Webex Calling und Teams gleicht Webex selbst ab, sodass dessen Anrufe über Teams ins CRM kommen.',
  'Salesforce, Microsoft Teams and a phone system': 'Salesforce, Microsoft Teams und eine Telefonanlage',
  'Every pair of the three is linked both ways, so that all show the same.':
    'Je zwei der drei sind in beide Richtungen verknüpft, sodass alle dasselbe zeigen.',
  Swyx: 'Swyx',
  'Teams states are shown at the phone system as Available, Away, Speaking or Do not disturb; of the phone system only Speaking goes to Teams.':
    'Zustände von Teams zeigt die Telefonanlage als Verfügbar, Abwesend, Spricht oder Nicht stören; von der Telefonanlage geht nur Spricht an Teams.',
  'Swyx beside a CRM': 'Swyx neben einem CRM',
  'CRM and Teams follow each other; the phone system follows Teams, but neither Presenting nor In a meeting nor Be right back.':
    'CRM und Teams folgen einander; die Telefonanlage folgt Teams, aber weder Präsentiert noch In einer Besprechung noch Bin gleich zurück.',
  '3CX': '3CX',
  'Teams and the profiles of the phone system follow each other.':
    'Teams und die Profile der Telefonanlage folgen einander.',
  '3CX beside a CRM': '3CX neben einem CRM',
  'CRM and phone system follow each other; Teams goes to the CRM and from there to the phone system; nothing goes to Teams.':
    'CRM und Telefonanlage folgen einander; Teams geht ans CRM und von dort an die Telefonanlage; an Teams geht nichts.',
}
