import type { HubSentences } from '../hub-translator.ts'

/** What a trial of NetSapiens and its white labels finds, and what their connector says of a write. */
export const netsapiensSentences: HubSentences = {
  'the operator of the platform': 'den Betreiber der Plattform',
  'RingLogix support': 'RingLogix (Support)',
  'United Cloud support': 'United Cloud (Support)',
  'Viirtue support': 'Viirtue (Support)',
  'There is no API of NetSapiens at this address.': 'An dieser Adresse ist keine API von NetSapiens.',
  'Set "url" to the host of the API, for example {address}; the portal may be elsewhere.':
    'Setzen Sie „url“ auf den Host der API, zum Beispiel {address}; das Portal kann anderswo sein.',
  '{title} runs release {version}.': '{title} hat die Version {version}.',
  '{title} runs release {version}, which is too old.': '{title} hat die Version {version}; das ist zu alt.',
  'Ask {operator} for release {version} or later.': 'Bitten Sie {operator} um Version {version} oder neuer.',
  'Write "domain" as the operator of the platform names it, or add users.':
    'Schreiben Sie „domain“ so, wie der Betreiber der Plattform sie nennt, oder legen Sie Benutzer an.',
  'Write "domain" as {operator} names it, or add users.':
    'Schreiben Sie „domain“ so, wie sie dort heißt (fragen Sie {operator}), oder legen Sie Benutzer an.',
  'Domain "{domain}" has no users.': 'Die Domäne „{domain}“ hat keine Benutzer.',
  'Domain "{domain}" has {number} users.': 'Die Domäne „{domain}“ hat {number} Benutzer.',
  'Answer rules came in a form that is not understood.':
    'Antwortregeln kamen in einer Form, die nicht zu verstehen ist.',
  'Report it with the answer, names and numbers taken out.':
    'Melden Sie es mit der Antwort, ohne Namen und Nummern.',
  'No answer rule of user {user} is in force: do not disturb has no place there.':
    'Beim Benutzer {user} gilt keine Antwortregel: Nicht stören hat dort keinen Platz.',
  'Give users an answer rule for the time frame "Default".':
    'Geben Sie den Benutzern eine Antwortregel für den Zeitrahmen „Default“.',
  'Answer rules can be read; do not disturb stands there.':
    'Antwortregeln lassen sich lesen; dort steht Nicht stören.',
  'Calls of the domain can be read.': 'Anrufe der Domäne lassen sich lesen.',
  'Calls of the domain came in a form that is not understood.':
    'Anrufe der Domäne kamen in einer Form, die nicht zu verstehen ist.',
  'Events are not asked for; polled.': 'Ereignisse sind nicht gewünscht; es wird abgefragt.',
  'Event subscriptions cannot be looked at, so that the domain is polled: {reason}':
    'Ereignisabonnements sind nicht einzusehen, darum wird die Domäne abgefragt: {reason}',
  'Set "webhooks: false" to poll only.': 'Setzen Sie „webhooks: false“, um nur abzufragen.',
  'Events cannot be posted to this hub: "http.publicUrl" is not set. The domain is polled.':
    'Ereignisse lassen sich nicht an diesen Hub schicken: „http.publicUrl“ ist nicht gesetzt. Die Domäne wird abgefragt.',
  'Event subscriptions can be made.': 'Ereignisabonnements lassen sich anlegen.',
  'ConnecttoTeams is at work in this domain ({field}), as teamsSync: vendor says.':
    'ConnecttoTeams arbeitet in dieser Domäne ({field}), wie teamsSync: vendor es sagt.',
  'Look into the log.': 'Sehen Sie ins Protokoll.',
  'The platform could not be examined.': 'Die Plattform ließ sich nicht prüfen.',

  'The platform refuses a token that it has just granted (401).':
    'Die Plattform weist ein Token ab, das sie eben erst ausgestellt hat (401).',
  'Check that the user is an office manager of the domain or above, and the IP restriction of the client.':
    'Prüfen Sie, dass der Benutzer Office Manager der Domäne oder mehr ist, und die IP-Beschränkung des Clients.',
  'the platform asked for fewer requests ({status})': 'die Plattform bat um weniger Anfragen ({status})',
  'The platform asked for fewer requests; reading goes on later.':
    'Die Plattform bat um weniger Anfragen; gelesen wird später weiter.',
  'the platform answered {status}': 'die Plattform antwortete {status}',
  'Key or user may not do this ({reason}).': 'Schlüssel oder Benutzer dürfen das nicht ({reason}).',
  'Ask {operator} for a key of scope Office Manager for domain "{domain}" that may write.':
    'Bitten Sie {operator} um einen Schlüssel des Bereichs Office Manager für die Domäne „{domain}“, der schreiben darf.',
  'The platform does not have this ({reason}).': 'Die Plattform hat das nicht ({reason}).',
  'Write "domain" as the platform lists it, and "url" as the host of the API, for example {address}.':
    'Schreiben Sie „domain“ so, wie die Plattform sie nennt, und in „url“ den Host der API, zum Beispiel {address}.',
  'The platform answered {reason}.': 'Die Plattform antwortete {reason}.',
  'Show this answer to {operator}.': 'Wenden Sie sich mit dieser Antwort an {operator}.',
  'The platform cannot be read: {reason}.': 'Die Plattform ist nicht zu lesen: {reason}.',
  'no reason was given': 'kein Grund wurde genannt',
  'Check "url", the network and the platform.': 'Prüfen Sie „url“, das Netz und die Plattform.',
  'Check that "url" is the host of the API of a NetSapiens platform; the portal may be at another.':
    'Prüfen Sie, dass „url“ der Host der API einer NetSapiens-Plattform ist; das Portal kann an einem anderen sein.',
  'apiKey: there is none.': 'apiKey: fehlt.',
  'Ask {operator} for an API key of your domain, or set "signIn: token" with client, user and password.':
    'Bitten Sie {operator} um einen API-Schlüssel Ihrer Domäne, oder setzen Sie „signIn: token“ mit Client, Benutzer und Passwort.',
  'signIn: {kind} needs {settings} as well.': 'signIn: {kind} braucht auch {settings}.',
  'Ask {operator} for an API client; user and password are those of an office manager of the domain.':
    'Bitten Sie {operator} um einen API-Client; Benutzer und Passwort sind die eines Office Managers der Domäne.',

  'the platform accepted the write and does not show it':
    'die Plattform hat es angenommen und zeigt nicht, was geschrieben wurde',
  'No answer rule of the user is in force, so there is nowhere to set do not disturb.':
    'Beim Benutzer gilt keine Antwortregel; Nicht stören lässt sich also nirgends setzen.',
  'Give the user an answer rule for the time frame "Default" in the portal.':
    'Geben Sie dem Benutzer im Portal eine Antwortregel für den Zeitrahmen „Default“.',
  'This platform is not written to in slot "{slot}".':
    'An dieser Plattform wird nicht in „{slot}“ geschrieben.',
  'The platform knows no such user.': 'Die Plattform kennt diesen Benutzer nicht.',
  'the list of calls was not understood': 'die Liste der Anrufe war nicht zu verstehen',
  'the answer rules were not understood': 'die Antwortregeln waren nicht zu verstehen',
  'the subscriptions were not understood': 'die Abonnements waren nicht zu verstehen',
  'no list of users': 'keine Liste von Benutzern',
  'no answer': 'keine Antwort',
  'This connector has teamsSync: vendor, but nothing in this domain tells of ConnecttoTeams.':
    'Dieser Konnektor hat teamsSync: vendor, aber nichts in dieser Domäne deutet auf ConnecttoTeams.',
  'Set ConnecttoTeams up for the domain, or set "teamsSync: hub" and link the two; its traces may also be hidden from this key.':
    'Richten Sie ConnecttoTeams für die Domäne ein, oder setzen Sie „teamsSync: hub“ und verknüpfen Sie die beiden; seine Spuren können diesem Schlüssel auch verborgen sein.',
  'ConnecttoTeams is at work in this domain ({field}): two engines would write the same states.':
    'ConnecttoTeams arbeitet in dieser Domäne ({field}): zwei würden dieselben Zustände schreiben.',
  'Switch its presence sync and its pausing of inbound calls off; or keep it, set "teamsSync: vendor" at this connector, and remove its links with Teams.':
    'Schalten Sie seinen Präsenzabgleich und sein Anhalten ankommender Anrufe aus; oder behalten Sie es, setzen Sie bei diesem Konnektor „teamsSync: vendor“, und entfernen Sie seine Verknüpfungen mit Teams.',
  'post-url of the subscription to "{model}" points at {host}':
    'post-url des Abonnements von „{model}“ zeigt auf {host}',
  'device-sip-registration-user-agent of a device of user {user} names ConnecttoTeams':
    'device-sip-registration-user-agent eines Geräts des Benutzers {user} nennt ConnecttoTeams',

  'The platform cannot be heard: {reason}.': 'Von der Plattform ist nichts zu hören: {reason}.',
  'Answer rules of user {user} cannot be read: {reason}':
    'Antwortregeln des Benutzers {user} sind nicht zu lesen: {reason}',
  'Do not disturb by as-feature-event: {reason}': 'Nicht stören über as-feature-event: {reason}',
  'it is stopped.': 'es ist angehalten.',
  '{number} users, changes are posted to us': '{number} Benutzer, Änderungen werden uns geschickt',
  '{number} users, polled{rest}': '{number} Benutzer, abgefragt{rest}',
  'subscribed, but nothing was posted yet': 'abonniert, aber noch wurde nichts geschickt',
  'the platform cannot reach this hub': 'die Plattform erreicht diesen Hub nicht',
  'Set "http.publicUrl" to an address of the hub that the platform reaches.':
    'Setzen Sie „http.publicUrl“ auf eine Adresse des Hubs, die die Plattform erreicht.',
  'event subscriptions cannot be made: {reason}': 'Ereignisabonnements lassen sich nicht anlegen: {reason}',

  'The API key has the scope "{scope}", which sees one user only (user-scope).':
    'Der API-Schlüssel hat den Bereich „{scope}“, der nur einen Benutzer sieht (user-scope).',
  'Ask {operator} for a key of scope Office Manager.':
    'Bitten Sie {operator} um einen Schlüssel des Bereichs Office Manager.',
  'The API key is for domain "{domain}", not for "{other}" (domain).':
    'Der API-Schlüssel ist für die Domäne „{domain}“, nicht für „{other}“ (domain).',
  'Correct "domain", or use the key of this domain.':
    'Berichtigen Sie „domain“, oder nehmen Sie den Schlüssel dieser Domäne.',
  'The API key may only read (readonly), so that do not disturb cannot be written.':
    'Der API-Schlüssel darf nur lesen (readonly); Nicht stören lässt sich also nicht schreiben.',
  'Ask {operator} for a key that may write, or set "writeDnd: false".':
    'Bitten Sie {operator} um einen Schlüssel, der schreiben darf, oder setzen Sie „writeDnd: false“.',
  'The API key does not allow the models {models} (allowed-models).':
    'Der API-Schlüssel erlaubt die Modelle {models} nicht (allowed-models).',
  'Ask {operator} to allow them.': 'Bitten Sie {operator}, sie zu erlauben.',
  'The API key has the scope "{scope}".': 'Der API-Schlüssel hat den Bereich „{scope}“.',
  'No sign-in at the platform: {reason}.': 'Keine Anmeldung an der Plattform: {reason}.',
  'Check "url", the network, and the IP restriction of the API client.':
    'Prüfen Sie „url“, das Netz und die IP-Beschränkung des API-Clients.',
  'The platform answered the sign-in with {status}.':
    'Die Plattform beantwortete die Anmeldung mit {status}.',
  'The platform asks for a second factor.': 'Die Plattform verlangt einen zweiten Faktor.',
  'Use an API key, or a user without a second factor.':
    'Nehmen Sie einen API-Schlüssel, oder einen Benutzer ohne zweiten Faktor.',
  'There is no sign-in at this address ({status}).': 'An dieser Adresse ist keine Anmeldung ({status}).',
  'The platform refuses client, user or password ({status}).':
    'Die Plattform weist Client, Benutzer oder Passwort ab ({status}).',
  'Correct clientId, clientSecret, username and password; the client is issued by the operator of the platform.':
    'Berichtigen Sie clientId, clientSecret, username und password; den Client vergibt der Betreiber der Plattform.',
  'Correct clientId, clientSecret, username and password; the client is issued by {operator}.':
    'Berichtigen Sie clientId, clientSecret, username und password; um einen Client bitten Sie {operator}.',
  'The platform refuses the API key (401).': 'Die Plattform weist den API-Schlüssel ab (401).',
  'Correct "apiKey"; a new one comes from {operator}. It may also be bound to other IP addresses.':
    'Berichtigen Sie „apiKey“; um einen neuen bitten Sie {operator}. Er kann auch an andere IP-Adressen gebunden sein.',
  'sip: doNotDisturbBy as-feature-event needs a SIP account.':
    'sip: doNotDisturbBy as-feature-event braucht ein SIP-Konto.',
  'Make a device for the hub at the platform and set sip to { server, username, password }, or set doNotDisturbBy to answer-rule.':
    'Legen Sie an der Plattform ein Gerät für den Hub an und setzen Sie sip auf { server, username, password }, oder setzen Sie doNotDisturbBy auf answer-rule.',
  'Set doNotDisturbBy to answer-rule, or ask the operator to switch feature key synchronization (as-feature-event) on.':
    'Setzen Sie doNotDisturbBy auf answer-rule, oder bitten Sie den Betreiber, den Abgleich der Funktionstasten (as-feature-event) einzuschalten.',
}
