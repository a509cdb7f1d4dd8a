import type { HubSentences } from '../hub-translator.ts'

/** What a trial of webhooks finds, how they are doing, and what their target says of a write; and external signals. */
export const webhookSentences: HubSentences = {
  'External signals': 'Externe Signale',
  'signals are taken at PUT /api/v1/people/{person}/signals/{source}':
    'Signale nimmt PUT /api/v1/people/{person}/signals/{source} an',
  'Give secrets to take deliveries, or targetUrl and targetSecrets to write.':
    'Geben Sie secrets an, um Zustellungen anzunehmen, oder targetUrl und targetSecrets, um zu schreiben.',
  'Neither secrets nor targetUrl is set.': 'Weder secrets noch targetUrl ist gesetzt.',
  'deliveries are taken {how} while the hub runs':
    'Zustellungen werden {how} angenommen, während der Hub läuft',
  'deliveries are taken at {address} with a Standard Webhooks signature':
    'Zustellungen nimmt {address} mit einer Signatur nach Standard Webhooks an',
  'deliveries are taken at {address} with the secret in its header':
    'Zustellungen nimmt {address} mit dem Geheimnis im Header an',
  'deliveries are taken at {address} {how}': 'Zustellungen nimmt {address} {how} an',
  'with a Standard Webhooks signature': 'mit einer Signatur nach Standard Webhooks',
  'with the secret in its header': 'mit dem Geheimnis im Header',
  'Only programs on this machine can deliver.': 'Nur Programme auf diesem Rechner können zustellen.',
  'Set http.publicUrl to the address at which others reach this hub.':
    'Setzen Sie http.publicUrl auf die Adresse, unter der andere diesen Hub erreichen.',
  'the target takes what we send': 'das Ziel nimmt an, was wir senden',
  'The target refuses what we send with status {status}.':
    'Das Ziel lehnt ab, was wir senden: Status {status}.',
  'Correct targetUrl.': 'Berichtigen Sie targetUrl.',
  'Let the target know the secret in targetSecrets, and answer 2xx to events of a type it does not use.':
    'Geben Sie dem Ziel das Geheimnis aus targetSecrets, und lassen Sie es Ereignisse, die es nicht braucht, mit 2xx beantworten.',
  'The target cannot be used: {reason}.': 'Das Ziel ist nicht zu gebrauchen: {reason}.',
  'The target cannot be reached: {reason}.': 'Das Ziel ist nicht zu erreichen: {reason}.',
  'See that it runs, and that this machine may reach targetUrl.':
    'Sorgen Sie dafür, dass es läuft und dieser Rechner targetUrl erreichen darf.',
  'Compare targetUrl and targetSecrets with what the target knows.':
    'Vergleichen Sie targetUrl und targetSecrets mit dem, was das Ziel kennt.',
  'The last delivery was refused: {reason}.': 'Die letzte Zustellung wurde abgelehnt: {reason}.',
  'Compare secrets, proof and the pointers with what the system sends.':
    'Vergleichen Sie secrets, proof und die Zeiger mit dem, was das System sendet.',
  'deliveries are taken': 'Zustellungen werden angenommen',
  'deliveries are taken from this machine only': 'Zustellungen werden nur von diesem Rechner angenommen',
  'writes only: no secret for deliveries': 'schreibt nur: kein Geheimnis für Zustellungen',
  '{what} from this machine only': '{what}, nur von diesem Rechner',
  'Set http.publicUrl where the system runs elsewhere.':
    'Setzen Sie http.publicUrl, wenn das System anderswo läuft.',
  'This system is not told such a state in slot "{slot}".':
    'Diesem System wird in „{slot}“ kein solcher Zustand gesagt.',
  'targetSecrets is missing.': 'targetSecrets fehlt.',
  'Give a secret that the target knows as well: what is sent there is signed with it.':
    'Geben Sie ein Geheimnis an, das auch das Ziel kennt: damit wird signiert, was dorthin geht.',
  'the target answers with status {status}': 'das Ziel antwortet mit Status {status}',
  'the target answered with status {status}': 'das Ziel hat mit Status {status} geantwortet',
  'the target asked to wait': 'das Ziel bittet zu warten',
  'the target does not believe our signature (status {status})':
    'das Ziel erkennt unsere Signatur nicht an (Status {status})',
  'Correct the address of the person.': 'Berichtigen Sie die Adresse der Person.',
  'The target knows no such person.': 'Das Ziel kennt diese Person nicht.',
  'The target refused with status {status}.': 'Das Ziel hat mit Status {status} abgelehnt.',
  'The target refused.': 'Das Ziel hat abgelehnt.',
  'the body is no JSON': 'der Inhalt ist kein JSON',
  '{pointer} is no list': '{pointer} ist keine Liste',
  '{pointer} has more than {number} items': '{pointer} hat mehr als {number} Einträge',
  '{pointer} names nobody: a text is expected there':
    '{pointer} nennt niemanden: dort wird ein Text erwartet',
  '{pointer} is no word for a state': '{pointer} ist kein Wort für einen Zustand',
  '{pointer} is no number of seconds': '{pointer} ist keine Zahl von Sekunden',
  '{pointer} is no time and no number': '{pointer} ist weder Zeit noch Zahl',
  'nothing is taken here: no secret is configured':
    'hier wird nichts angenommen: kein Geheimnis ist eingerichtet',
  'the header {header} does not carry the secret': 'der Header {header} trägt nicht das Geheimnis',
  'webhook-id, webhook-timestamp and webhook-signature are needed (Standard Webhooks)':
    'webhook-id, webhook-timestamp und webhook-signature sind nötig (Standard Webhooks)',
  'webhook-timestamp is more than five minutes away from the time here':
    'webhook-timestamp weicht um mehr als fünf Minuten von der Zeit hier ab',
  'no signature of webhook-signature fits': 'keine Signatur in webhook-signature passt',
}
