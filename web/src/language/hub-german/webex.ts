import type { HubSentences } from '../hub-translator.ts'

/** What trials of Webex Calling and of the Webex app find, and what their connectors say of a write. */
export const webexSentences: HubSentences = {
  'the Webex connector': 'dem Webex-Konnektor',
  'Webex app': 'Webex-App',
  'Requests per 30 s': 'Anfragen pro 30 s',
  'What the app shows can be read.': 'Was die App zeigt, lässt sich lesen.',
  'Webex tells no status of {person}.': 'Webex nennt keinen Status von {person}.',
  'Let people share their status, and see that the Service App belongs to this organization or one that manages it.':
    'Lassen Sie die Personen ihren Status teilen, und sorgen Sie dafür, dass die Service App dieser Organisation gehört oder einer, die sie verwaltet.',
  'Signed in at Webex; {number} people have an extension.':
    'An Webex angemeldet; {number} Personen haben eine Nebenstelle.',
  'Nobody in this organization has a Webex Calling extension.':
    'Niemand in dieser Organisation hat eine Nebenstelle von Webex Calling.',
  'Give people a Webex Calling licence in Control Hub; check "orgId" where the Service App belongs to a partner.':
    'Geben Sie den Personen in Control Hub eine Lizenz für Webex Calling; prüfen Sie „orgId“, wenn die Service App einem Partner gehört.',
  'Report it with the answer of Webex, names and numbers taken out.':
    'Melden Sie es mit der Antwort von Webex, ohne Namen und Nummern.',
  'Calls of {address} came in a form that is not understood.':
    'Anrufe von {address} kamen in einer Form, die nicht zu verstehen ist.',
  'Do not disturb of {address} came in a form that is not understood.':
    'Nicht stören von {address} kam in einer Form, die nicht zu verstehen ist.',
  '{asked} of {address} came in a form that is not understood.':
    '{asked} von {address} kam in einer Form, die nicht zu verstehen ist.',
  'Whether Webex keeps presence in step with Teams itself ({field}) cannot be read.':
    'Ob Webex die Präsenz selbst mit Teams abgleicht ({field}), ist nicht zu lesen.',
  'Give the Service App the scope spark-admin:telephony_config_read; on Webex for Government it does not exist.':
    'Geben Sie der Service App den Bereich spark-admin:telephony_config_read; bei Webex for Government gibt es ihn nicht.',
  "Webex's own sync with Teams ({field}) is on, as it should be.":
    'Der eigene Abgleich von Webex mit Teams ({field}) ist an, wie es sein soll.',
  "Webex's own sync with Teams ({field}) is off, as it should be.":
    'Der eigene Abgleich von Webex mit Teams ({field}) ist aus, wie es sein soll.',
  "Webex's own sync with Teams ({field}) is {setting}, as it should be.":
    'Der eigene Abgleich von Webex mit Teams ({field}) ist {setting}, wie es sein soll.',
  'Calls are polled: no integration is configured to which people could consent.':
    'Anrufe werden abgefragt: es ist keine Integration eingerichtet, der Personen zustimmen könnten.',
  '{number} people have consented to webhooks; others can at {address}/consent.':
    '{number} Personen haben Webhooks zugestimmt; andere können es unter {address}/consent.',
  'the address of this connector below /hooks': 'der Adresse dieses Konnektors mit /hooks',
  'Webhooks: {reason}.': 'Webhooks: {reason}.',
  'Look into the log of the hub.': 'Sehen Sie ins Protokoll des Hubs.',
  'Webex could not be examined.': 'Webex ließ sich nicht prüfen.',

  'Webex refuses the access token (401).': 'Webex weist das Zugriffstoken ab (401).',
  'Authorize the Service App in Control Hub again, and put its new refresh token into "refreshToken".':
    'Geben Sie die Service App in Control Hub erneut frei, und schreiben Sie ihr neues Refresh-Token in „refreshToken“.',
  'Webex asked for fewer requests ({status})': 'Webex bat um weniger Anfragen ({status})',
  'Webex asked for fewer requests; reading goes on later.':
    'Webex bat um weniger Anfragen; gelesen wird später weiter.',
  'Webex answered {status}': 'Webex antwortete {status}',
  'Webex does not allow this request ({request}, 403).':
    'Webex erlaubt diese Anfrage nicht ({request}, 403).',
  'Give the app the scope {scope} at developer.webex.com and have it authorized again in Control Hub; for a customer\'s organization check "orgId".':
    'Geben Sie der App unter developer.webex.com den Bereich {scope}, und lassen Sie sie in Control Hub erneut freigeben; bei der Organisation eines Kunden prüfen Sie „orgId“.',
  'spark:calls_read (of the integration)': 'spark:calls_read (der Integration)',
  'Webex refuses this request ({request}, {status}).': 'Webex lehnt diese Anfrage ab ({request}, {status}).',
  'Check "url" and "orgId".': 'Prüfen Sie „url“ und „orgId“.',
  '{asked} cannot be read: {reason}': '{asked} ist nicht zu lesen: {reason}',
  'Webex cannot be read: {reason}.': 'Webex ist nicht zu lesen: {reason}.',
  'Webex cannot be read.': 'Webex ist nicht zu lesen.',
  'What the app shows cannot be read: {reason}.': 'Was die App zeigt, ist nicht zu lesen: {reason}.',
  'What Webex says of {address} cannot be read: {reason}.':
    'Was Webex von {address} sagt, ist nicht zu lesen: {reason}.',
  'Calls of {address} cannot be read: {reason}.': 'Anrufe von {address} sind nicht zu lesen: {reason}.',
  'Do not disturb of {address} cannot be read: {reason}.':
    'Nicht stören von {address} ist nicht zu lesen: {reason}.',
  'The list of people cannot be read: {reason}.': 'Die Liste der Personen ist nicht zu lesen: {reason}.',
  'The webhooks cannot be read: {reason}.': 'Die Webhooks sind nicht zu lesen: {reason}.',
  'Check "url" and the network; status.webex.com tells of outages.':
    'Prüfen Sie „url“ und das Netz; status.webex.com nennt Störungen.',
  'Webex knows nothing there (404)': 'Webex kennt dort nichts (404)',
  'it holds no list': 'sie enthält keine Liste',
  'no list of calls': 'keine Liste von Anrufen',
  'no do not disturb': 'kein Nicht stören',
  'no person': 'keine Person',
  'Access tokens end again and again before their time.': 'Zugriffstoken enden immer wieder vor ihrer Zeit.',
  'Use the Service App for the hub alone.': 'Benutzen Sie die Service App allein für den Hub.',
  '{number} people, polled': '{number} Personen, abgefragt',
  '{number} people, polled: {why}': '{number} Personen, abgefragt: {why}',
  '{number} people, calls of {count} told by webhooks, the others polled':
    '{number} Personen; Anrufe von {count} melden Webhooks, die übrigen werden abgefragt',
  '{number} people, calls of {count} told by webhooks, the others polled: {why}':
    '{number} Personen; Anrufe von {count} melden Webhooks, die übrigen werden abgefragt: {why}',
  '{number} people, read every {seconds} s': '{number} Personen, alle {seconds} s gelesen',
  '{number} people, read every {seconds} s: {why}': '{number} Personen, alle {seconds} s gelesen: {why}',

  'Check clientId, clientSecret and refreshToken against the Service App at developer.webex.com; an administrator may have to authorize it again in Control Hub, which makes a new refresh token.':
    'Vergleichen Sie clientId, clientSecret und refreshToken mit der Service App unter developer.webex.com; vielleicht muss ein Administrator sie in Control Hub erneut freigeben, und dabei entsteht ein neues Refresh-Token.',
  'Let the person open the consent page again; check integrationId and integrationSecret.':
    'Lassen Sie die Person die Zustimmungsseite noch einmal öffnen; prüfen Sie integrationId und integrationSecret.',
  'Configure the key that sealed them, or let these people consent again.':
    'Richten Sie den Schlüssel ein, der sie versiegelt hat, oder lassen Sie diese Personen erneut zustimmen.',
  'Webex gave no refresh token with the consent.': 'Webex gab zu der Zustimmung kein Refresh-Token.',
  'Check "url", the firewall and the name resolution of this machine.':
    'Prüfen Sie „url“, die Firewall und die Namensauflösung dieses Rechners.',
  'Check that "url" is the address of the Webex REST API.':
    'Prüfen Sie, dass „url“ die Adresse der Webex REST API ist.',
  '{host} has no sign-in there ({status}).': '{host} hat dort keine Anmeldung ({status}).',
  'Check "url"; it ends in /v1.': 'Prüfen Sie „url“; es endet auf /v1.',
  '{host} does not accept {who} ({status}).': '{host} nimmt {who} nicht an ({status}).',
  'the Service App': 'die Service App',
  'the consent of a person': 'die Zustimmung einer Person',

  'This connector has teamsSync: vendor, but Webex does not keep presence in step with Teams ({field} is false).':
    'Dieser Konnektor hat teamsSync: vendor, aber Webex gleicht die Präsenz nicht mit Teams ab ({field} ist false).',
  'Switch it on in Control Hub, Services, Calling, Client Settings, Microsoft Teams; or set teamsSync: hub and link the two.':
    'Schalten Sie es in Control Hub, Services, Calling, Client Settings, Microsoft Teams ein; oder setzen Sie teamsSync: hub und verknüpfen Sie die beiden.',
  'Webex keeps presence in step with Teams itself ({field} is true): two would write the same, so the hub sets no do not disturb.':
    'Webex gleicht die Präsenz selbst mit Teams ab ({field} ist true): zwei würden dasselbe schreiben, darum setzt der Hub kein Nicht stören.',
  'Switch it off in Control Hub, Services, Calling, Client Settings, Microsoft Teams; or keep it, set teamsSync: vendor at this connector, and remove its links with Teams.':
    'Schalten Sie es in Control Hub, Services, Calling, Client Settings, Microsoft Teams aus; oder behalten Sie es, setzen Sie bei diesem Konnektor teamsSync: vendor, und entfernen Sie seine Verknüpfungen mit Teams.',
  'nothing is told, because Webex takes presence over from Teams ({field} is true)':
    'nichts wird gemeldet, weil Webex die Präsenz von Teams übernimmt ({field} ist true)',
  'Switch it off in Control Hub, Services, Calling, Client Settings, Microsoft Teams; or remove this connector.':
    'Schalten Sie es in Control Hub, Services, Calling, Client Settings, Microsoft Teams aus; oder entfernen Sie diesen Konnektor.',
  'Webex cannot reach this hub, so that calls are polled':
    'Webex erreicht diesen Hub nicht; Anrufe werden darum abgefragt',
  'Set "http.publicUrl" to an https address of the hub that Webex reaches.':
    'Setzen Sie „http.publicUrl“ auf eine https-Adresse des Hubs, die Webex erreicht.',
  'a webhook cannot be set: {reason}': 'ein Webhook lässt sich nicht setzen: {reason}',
  'the list of webhooks was not understood': 'die Liste der Webhooks war nicht zu verstehen',
  'This organization is not written to in slot "{slot}".':
    'In dieser Organisation wird nicht in „{slot}“ geschrieben.',
  'Webex knows nobody with this address.': 'Webex kennt niemanden mit dieser Adresse.',
  'Correct the address of the person: the extension, or the mail address in Webex.':
    'Berichtigen Sie die Adresse der Person: die Nebenstelle, oder die Mailadresse in Webex.',
  'the answer of Webex was not understood': 'die Antwort von Webex war nicht zu verstehen',
}
