import type { HubSentences } from '../hub-translator.ts'

/** What the connectors of several phone systems say in the same words. */
export const phoneSystemSentences: HubSentences = {
  'the sign-in ended twice in a row': 'die Anmeldung endete zweimal nacheinander',
  'the PBX asked for fewer requests': 'die Telefonanlage bat um weniger Anfragen',
  'the PBX asked for fewer requests ({status})': 'die Telefonanlage bat um weniger Anfragen ({status})',
  'The PBX asked for fewer requests; reading goes on later.':
    'Die Telefonanlage bat um weniger Anfragen; gelesen wird später weiter.',
  'the PBX answered {status}': 'die Telefonanlage antwortete {status}',
  'the PBX answered with {status}': 'die Telefonanlage antwortete mit {status}',
  'answered with {status}': 'Antwort {status}',
  'the answer could not be understood': 'die Antwort war nicht zu verstehen',
  'the answer is no JSON': 'die Antwort ist kein JSON',
  'the hub does not listen yet': 'der Hub nimmt noch nichts entgegen',
  'nothing was read yet': 'noch wurde nichts gelesen',
  'Look at the network between this machine and the PBX, and try again.':
    'Sehen Sie nach dem Netz zwischen diesem Rechner und der Telefonanlage, und versuchen Sie es wieder.',
  'The PBX could not be examined.': 'Die Telefonanlage ließ sich nicht prüfen.',
  '{host} answered the sign-in with {status}.': '{host} beantwortete die Anmeldung mit {status}.',
  '{host} answered the sign-in with something else.': '{host} beantwortete die Anmeldung mit etwas anderem.',
  '{number} extensions, {count} of them with a mail address.':
    '{number} Nebenstellen, davon {count} mit einer Mailadresse.',
  '{number} extensions, changes by {way}': '{number} Nebenstellen, Änderungen über {way}',
  '{number} extensions, polled': '{number} Nebenstellen, abgefragt',
  '{number} extensions, polled: {why}': '{number} Nebenstellen, abgefragt: {why}',
  '{number} users, polled': '{number} Benutzer, abgefragt',
  '{number} users, polled: {why}': '{number} Benutzer, abgefragt: {why}',
  '{number} users': '{number} Benutzer',
  'Calls can be read.': 'Anrufe lassen sich lesen.',
  'Calls and do not disturb can be read.': 'Anrufe und Nicht stören lassen sich lesen.',
  'the user could not be understood': 'der Benutzer war nicht zu verstehen',
  'what was written could not be read back': 'was geschrieben wurde, ließ sich nicht zurücklesen',
  'written, and could not be read back': 'geschrieben, ließ sich aber nicht zurücklesen',
  'the answer of the PBX was not understood': 'die Antwort der Telefonanlage war nicht zu verstehen',
  'the PBX shows {shown} instead of what was written':
    'die Telefonanlage zeigt {shown} statt dessen, was geschrieben wurde',
  'Correct the extension of this person.': 'Berichtigen Sie die Nebenstelle dieser Person.',
  'Correct the address of the person.': 'Berichtigen Sie die Adresse der Person.',
  'Choose Available, Away or Do not disturb in the table of the link.':
    'Wählen Sie in der Tabelle der Verknüpfung Verfügbar, Abwesend oder Nicht stören.',
  'url: this is not an address.': 'url: das ist keine Adresse.',
  'Write the address behind the redirection into "url".':
    'Schreiben Sie die Adresse, zu der umgeleitet wird, in „url“.',
  'Try again.': 'Versuchen Sie es wieder.',
  'The WebSocket: {reason}': 'Der WebSocket: {reason}',
}
