import type { HubSentences } from '../hub-translator.ts'

/** What a trial of Salesforce finds, how its connector is doing, and what becomes of a write. */
export const salesforceSentences: HubSentences = {
  'the Salesforce connector': 'dem Konnektor für Salesforce',
  'the sign-in ended twice in a row': 'die Anmeldung endete zweimal hintereinander',
  'Salesforce asked for fewer requests': 'Salesforce verlangt weniger Anfragen',
  'Something unexpected happened at Salesforce.': 'Bei Salesforce ist etwas Unerwartetes geschehen.',
  'Salesforce answered with {status}': 'Salesforce hat mit {status} geantwortet',
  'the requests of the organisation are used up (REQUEST_LIMIT_EXCEEDED)':
    'die Anfragen der Organisation sind aufgebraucht (REQUEST_LIMIT_EXCEEDED)',
  'Check clientId, clientSecret and the callback URL of the app, and sign in again within the 15 minutes that a code is good for.':
    'Prüfen Sie clientId, clientSecret und die Callback URL der App, und melden Sie sich noch einmal an, binnen der 15 Minuten, die ein Code gilt.',
  'The sign-in gave no refresh token.': 'Die Anmeldung ergab kein Refresh Token.',
  'Give the app the scope "Perform requests at any time (refresh_token, offline_access)", and sign in again.':
    'Geben Sie der App den Scope „Perform requests at any time (refresh_token, offline_access)“, und melden Sie sich noch einmal an.',
  'Salesforce gives a new refresh token with each sign-in and ends the former one; here the new one cannot be kept.':
    'Salesforce gibt bei jeder Anmeldung ein neues Refresh Token und beendet das alte; hier lässt sich das neue nicht aufbewahren.',
  'Try the connection in the hub instead, which keeps it, and sign in once more: this trial has used the token up. Or switch refresh token rotation off in the policies of the app.':
    'Probieren Sie die Verbindung stattdessen im Hub, der es aufbewahrt, und melden Sie sich noch einmal an: diese Probe hat das Token verbraucht. Oder schalten Sie in den Richtlinien der App Refresh Token Rotation aus.',
  'Look at the network between this machine and Salesforce, and try again.':
    'Sehen Sie nach dem Netz zwischen diesem Rechner und Salesforce, und versuchen Sie es wieder.',
  'Signed in at {host}, organisation {id}.': 'Angemeldet an {host}, Organisation {id}.',
  '{number} agents are signed in to Omni-Channel now.':
    '{number} Agenten sind gerade bei Omni-Channel angemeldet.',
  'Give it the permission View All Users.': 'Geben Sie ihm die Berechtigung View All Users.',
  'The integration user sees no active user.': 'Der Integrationsbenutzer sieht keinen aktiven Benutzer.',
  'The integration user sees no user.': 'Der Integrationsbenutzer sieht keinen Benutzer.',
  '{number} active users, {count} of them with a user principal name as federation id.':
    '{number} aktive Benutzer, davon {count} mit einem Benutzerprinzipalnamen als Federation ID.',
  '{number} presence statuses.': '{number} Präsenzstatus.',
  'statuses: the organisation has no {vendorNames}.':
    'statuses: in der Organisation gibt es nicht: {vendorNames}.',
  'Write the developer name or the label as it is in Setup.':
    'Schreiben Sie den Entwicklernamen oder die Bezeichnung so, wie sie im Setup stehen.',
  'By its words it is not known what {vendorNames} means; it counts as Busy or Available.':
    'An den Wörtern ist nicht zu erkennen, was {vendorNames} bedeutet; es zählt als Beschäftigt oder Verfügbar.',
  'Name it in the setting statuses.': 'Nennen Sie es in der Einstellung statuses.',
  'Without a status of its own is written: {words}.': 'Ohne eigenen Status wird geschrieben: {words}.',
  '{graphState} as nothing': '{graphState} als nichts',
  '{graphState} as nothing, {rest}': '{graphState} als nichts, {rest}',
  '{graphState} as {vendorName}': '{graphState} als {vendorName}',
  '{graphState} as {vendorName}, {rest}': '{graphState} als {vendorName}, {rest}',
  '{used} of the {limit} API requests of these 24 hours are used.':
    '{used} der {limit} API-Anfragen dieser 24 Stunden sind verbraucht.',
  'Raise reconcileSeconds, or look at what else uses the API.':
    'Erhöhen Sie reconcileSeconds, oder sehen Sie nach, was die API noch benutzt.',
  'Change events of presence are offered.': 'Änderungsereignisse der Präsenz werden angeboten.',
  'The package of Hookswitch is deployed.': 'Das Paket von Hookswitch ist installiert.',
  'apiVersion: {version} is too old.': 'apiVersion: {version} ist zu alt.',
  'Use 62.0 or later (Winter 2025): presence has change events since then.':
    'Nehmen Sie 62.0 oder später (Winter 2025): seitdem hat Präsenz Änderungsereignisse.',
  'There is not exactly one way to sign in to Salesforce.':
    'Es gibt nicht genau einen Weg, sich bei Salesforce anzumelden.',
  'Give username and privateKey (JWT bearer), or clientSecret and refreshToken (web server): hookswitch connectors sign-in gets the token.':
    'Geben Sie username und privateKey an (JWT bearer), oder clientSecret und refreshToken (web server): hookswitch connectors sign-in holt das Token.',
  'the presence statuses': 'die Präsenzstatus',
  'the presence of agents': 'die Präsenz der Agenten',
  'the users': 'die Benutzer',
  '{what} could not be read: {reason}.': 'nicht zu lesen: {what} ({reason}).',
  '{what} may not be read ({status} {code}): {reason}.':
    'nicht zu lesen, weil nicht erlaubt: {what} ({status} {code}): {reason}.',
  'Give the integration user the permission API Enabled and the app the scope api; look at its login IP ranges.':
    'Geben Sie dem Integrationsbenutzer die Berechtigung API Enabled und der App den Scope api; sehen Sie nach seinen Login IP Ranges.',
  'Use an edition with API access: Enterprise, Unlimited, Performance or Developer.':
    'Nehmen Sie eine Edition mit API-Zugriff: Enterprise, Unlimited, Performance oder Developer.',
  'Enable Omni-Channel in Setup, and give the integration user the permission set Hookswitch Integration.':
    'Schalten Sie im Setup Omni-Channel ein, und geben Sie dem Integrationsbenutzer den Berechtigungssatz Hookswitch Integration.',
  'Give the integration user the permissions View Setup and Configuration and View All Users.':
    'Geben Sie dem Integrationsbenutzer die Berechtigungen View Setup and Configuration und View All Users.',
  'Give the integration user the permission set Hookswitch Integration.':
    'Geben Sie dem Integrationsbenutzer den Berechtigungssatz Hookswitch Integration.',
  'Check apiVersion, and whether the package in salesforce/ is deployed.':
    'Prüfen Sie apiVersion, und ob das Paket in salesforce/ installiert ist.',
  'Look at the integration user and the app in Setup.':
    'Sehen Sie im Setup nach dem Integrationsbenutzer und der App.',
  '{number} agents signed in': '{number} Agenten angemeldet',
  'the records could not be understood': 'die Datensätze waren nicht zu verstehen',
  'an answer to a composite request is missing': 'eine Antwort auf eine zusammengesetzte Anfrage fehlt',
  'No sign-in at {host}: {reason}.': 'Keine Anmeldung an {host}: {reason}.',
  'Check loginUrl, the firewall and the name resolution of this machine.':
    'Prüfen Sie loginUrl, die Firewall und die Namensauflösung dieses Rechners.',
  'privateKey is not a private key in PEM form.': 'privateKey ist kein privater Schlüssel in PEM-Form.',
  'Give the key that was made with the certificate, with its BEGIN and END lines.':
    'Geben Sie den Schlüssel an, der mit dem Zertifikat erzeugt wurde, mit seinen Zeilen BEGIN und END.',
  '{host} answered the sign-in with something else.':
    '{host} hat auf die Anmeldung etwas anderes geantwortet.',
  'Check that loginUrl is the address of your Salesforce organisation.':
    'Prüfen Sie, dass loginUrl die Adresse Ihrer Salesforce-Organisation ist.',
  '{host} answered the sign-in with {status}.': '{host} hat auf die Anmeldung mit {status} geantwortet.',
  '{host} sends the sign-in elsewhere ({status}).': '{host} schickt die Anmeldung anderswohin ({status}).',
  'Set loginUrl to the My Domain address of the organisation.':
    'Setzen Sie loginUrl auf die My-Domain-Adresse der Organisation.',
  '{host} does not accept the sign-in: {reason}.': '{host} nimmt die Anmeldung nicht an: {reason}.',
  'Check clientId, username and privateKey; the certificate must be the one uploaded to the app, and the user pre-authorised by a permission set of the app.':
    'Prüfen Sie clientId, username und privateKey; das Zertifikat muss das in die App geladene sein, und der Benutzer durch einen Berechtigungssatz der App vorab autorisiert.',
  'Check clientId and clientSecret; a refresh token that an app rotates works once. Sign in again in the browser for a new one, on the page of the connector or with: hookswitch connectors sign-in.':
    'Prüfen Sie clientId und clientSecret; ein Refresh Token, das eine App rotiert, gilt einmal. Melden Sie sich für ein neues noch einmal im Browser an, auf der Seite des Konnektors oder mit: hookswitch connectors sign-in.',
  'Salesforce offers no change events of presence ({why}); {meanwhile}.':
    'Salesforce bietet keine Änderungsereignisse der Präsenz ({why}); {meanwhile}.',
  'no such topic': 'dieses Topic gibt es nicht',
  'not permitted': 'nicht erlaubt',
  'everyone is read every 10 s meanwhile': 'inzwischen werden alle 10 s alle gelesen',
  'Select User Service Presence in Setup, Change Data Capture, and give the integration user View All Users.':
    'Wählen Sie im Setup unter Change Data Capture User Service Presence aus, und geben Sie dem Integrationsbenutzer View All Users.',
  'No change events: {reason}; {meanwhile}.': 'Keine Änderungsereignisse: {reason}; {meanwhile}.',
  'Let gRPC (HTTP/2) pass the firewall to the address of the Pub/Sub API, port 7443.':
    'Lassen Sie gRPC (HTTP/2) durch die Firewall zur Adresse der Pub/Sub API, Port 7443.',
  "The agents' consoles are not heard: {reason}.": 'Die Konsolen der Agenten sind nicht zu hören: {reason}.',
  'Salesforce has been silent for five minutes': 'Salesforce schweigt seit fünf Minuten',
  'Salesforce has ended the stream': 'Salesforce hat den Datenstrom beendet',
  'The package of Hookswitch is not in this organisation, or not open to the integration user: statuses cannot be written.':
    'Das Paket von Hookswitch ist nicht in dieser Organisation, oder dem Integrationsbenutzer nicht zugänglich: Status lassen sich nicht schreiben.',
  'Deploy salesforce/ and assign the permission set Hookswitch Integration, or set writeStatus: false.':
    'Installieren Sie salesforce/ und weisen Sie den Berechtigungssatz Hookswitch Integration zu, oder setzen Sie writeStatus: false.',
  'The package in this organisation cannot sign anybody out: it is from before it could.':
    'Das Paket in dieser Organisation kann niemanden abmelden: dafür ist es zu alt.',
  'Deploy the folder salesforce/ of this version.': 'Installieren Sie den Ordner salesforce/ dieser Version.',
  'Salesforce has no slot "{slot}".': 'Salesforce hat kein „{slot}“.',
  'Use status.': 'Nehmen Sie status.',
  'Set writeStatus: true.': 'Setzen Sie writeStatus: true.',
  'Choose another state in the table of the link.':
    'Wählen Sie in der Tabelle der Verknüpfung einen anderen Zustand.',
  'Salesforce is not given {wanted}.': 'An Salesforce geht nicht {wanted}.',
  'Not applied: {reason}.': 'Nicht ausgeführt: {reason}.',
  'the agent is signed out of Omni-Channel': 'der Agent ist von Omni-Channel abgemeldet',
  'The agent has to sign in to Omni-Channel.': 'Der Agent muss sich bei Omni-Channel anmelden.',
  'the status was refused': 'der Status wurde abgelehnt',
  'Grant the agent this presence status by profile or permission set (Service Presence Statuses Access).':
    'Geben Sie dem Agenten diesen Präsenzstatus durch Profil oder Berechtigungssatz frei (Service Presence Statuses Access).',
  'the logout was refused': 'das Abmelden wurde abgelehnt',
  'Look in the console whether work is open that keeps the agent in.':
    'Sehen Sie in der Konsole nach, ob offene Arbeit den Agenten festhält.',
  'the console heard of it too late': 'die Konsole erfuhr es zu spät',
  'Look at the clock and the network of the agent.': 'Sehen Sie nach Uhr und Netz des Agenten.',
  'the console says {word}': 'die Konsole sagt {word}',
  'sent, and could not be read back': 'gesendet, und nicht zurückzulesen',
  'the console confirmed it, and Salesforce shows something else':
    'die Konsole hat es bestätigt, und Salesforce zeigt etwas anderes',
  "Not applied: the agent's console did not answer.":
    'Nicht ausgeführt: die Konsole des Agenten hat nicht geantwortet.',
  'The agent has to have a console app open that has the utility item Hookswitch, and the permission set Hookswitch Agent.':
    'Der Agent braucht eine offene Konsolen-App mit dem Utility Item Hookswitch, und den Berechtigungssatz Hookswitch Agent.',
  'Salesforce has no user {user}.': 'Salesforce hat keinen Benutzer {user}.',
  'Use the id of the user, 18 characters that begin with 005.':
    'Nehmen Sie die ID des Benutzers, 18 Zeichen, die mit 005 beginnen.',
  'No presence status stands for {wanted}, nor anything near it.':
    'Kein Präsenzstatus steht für {wanted}, auch kein ähnlicher.',
  'Name one in the setting statuses, or make one in Setup, Presence Statuses.':
    'Nennen Sie einen in der Einstellung statuses, oder legen Sie im Setup unter Presence Statuses einen an.',
  'Salesforce declines it ({code}): {reason}.': 'Salesforce lehnt es ab ({code}): {reason}.',
}
