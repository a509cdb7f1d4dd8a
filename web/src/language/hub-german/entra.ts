import type { HubSentences } from '../hub-translator.ts'

/** What Microsoft Entra and Microsoft Graph refuse, and what to do (src/connectors/teams). */
export const entraSentences: HubSentences = {
  'The redirect address of the sign-in is not registered, or is missing.':
    'Die Umleitungsadresse der Anmeldung ist nicht registriert oder fehlt.',
  'Register exactly the redirect address that the sign-in uses in the app registration, platform Web.':
    'Registrieren Sie in der App-Registrierung, Plattform Web, genau die Umleitungsadresse, die die Anmeldung nimmt.',
  'The account does not exist in tenant {tenant}.': 'Das Konto gibt es im Mandanten {tenant} nicht.',
  'Sign in with a work account of tenant {tenant}.':
    'Melden Sie sich mit einem Geschäftskonto des Mandanten {tenant} an.',
  'App {app} is registered for a single tenant but was used through a shared endpoint.':
    'Die App {app} ist für einen einzigen Mandanten registriert, wurde aber über einen gemeinsamen Endpunkt benutzt.',
  'Set entraTenantId to the id of your tenant.': 'Setzen Sie entraTenantId auf die Id Ihres Mandanten.',
  'Tenant {tenant} was not found at {login}.': 'Der Mandant {tenant} wurde bei {login} nicht gefunden.',
  'Compare entraTenantId with the tenant id on the overview page of Microsoft Entra, and set cloud if the tenant is in a government cloud.':
    'Vergleichen Sie entraTenantId mit der Mandanten-Id auf der Übersichtsseite von Microsoft Entra, und setzen Sie cloud, wenn der Mandant in einer Behördencloud liegt.',
  'Tenant {tenant} belongs to a national cloud.': 'Der Mandant {tenant} gehört zu einer nationalen Cloud.',
  'Set cloud to gcc-high or dod.': 'Setzen Sie cloud auf gcc-high oder dod.',
  'App {app} was not found in tenant {tenant}.': 'Die App {app} wurde im Mandanten {tenant} nicht gefunden.',
  'Compare clientId with the application id of the app registration and entraTenantId with its tenant; in another tenant than its home, an administrator must consent first.':
    'Vergleichen Sie clientId mit der Anwendungs-Id der App-Registrierung und entraTenantId mit deren Mandanten; in einem anderen Mandanten als dem eigenen muss erst eine Administratorin zustimmen.',
  'The client secret of app {app} is wrong.': 'Der geheime Clientschlüssel der App {app} ist falsch.',
  'Configure the value of the client secret, not its id; it is shown once only, so create a new one if it is lost.':
    'Tragen Sie den Wert des geheimen Clientschlüssels ein, nicht seine Id; er wird nur einmal gezeigt, ein verlorener wird durch einen neuen ersetzt.',
  'The client secret of app {app} has expired.': 'Der geheime Clientschlüssel der App {app} ist abgelaufen.',
  'Create a new client secret in the app registration (Certificates & secrets) and configure its value.':
    'Legen Sie in der App-Registrierung (Zertifikate & Geheimnisse) einen neuen geheimen Clientschlüssel an und tragen Sie seinen Wert ein.',
  'The credential of app {app} was not accepted: the client secret is wrong or expired.':
    'Die App {app} wurde nicht eingelassen: der geheime Clientschlüssel ist falsch oder abgelaufen.',
  'Create a new client secret in the app registration and configure its value.':
    'Legen Sie in der App-Registrierung einen neuen geheimen Clientschlüssel an und tragen Sie seinen Wert ein.',
  'The certificate of app {app} was not accepted.': 'Das Zertifikat der App {app} wurde nicht angenommen.',
  'Upload this certificate in the app registration, check that the private key belongs to it, that it has not expired, and that the clock of this machine is right.':
    'Laden Sie dieses Zertifikat in der App-Registrierung hoch; prüfen Sie, dass der private Schlüssel dazu gehört, dass es nicht abgelaufen ist und dass die Uhr dieses Rechners stimmt.',
  'App {app} is registered as a public client, which may not use a secret or certificate.':
    'Die App {app} ist als öffentlicher Client registriert; der darf weder Schlüssel noch Zertifikat benutzen.',
  'In the app registration under Authentication, set "Allow public client flows" to No.':
    'Stellen Sie in der App-Registrierung unter Authentifizierung „Öffentliche Clientflows zulassen“ auf Nein.',
  'An administrator of tenant {tenant} has not consented to the permissions of app {app}.':
    'Im Mandanten {tenant} hat noch niemand von der Administration den Berechtigungen der App {app} zugestimmt.',
  'Open the app registration, API permissions, and choose "Grant admin consent".':
    'Öffnen Sie in der App-Registrierung die API-Berechtigungen und wählen Sie „Administratorzustimmung erteilen“.',
  'The consent to the permissions of app {app} was declined.':
    'Die Zustimmung zu den Berechtigungen der App {app} wurde abgelehnt.',
  'Start the consent again and accept it, or ask an administrator of the tenant.':
    'Beginnen Sie die Zustimmung neu und nehmen Sie sie an, oder bitten Sie die Administration des Mandanten.',
  'App {app} has no permissions on Microsoft Graph, or Microsoft Graph is not enabled in tenant {tenant}.':
    'Die App {app} hat keine Berechtigungen an Microsoft Graph, oder Microsoft Graph ist im Mandanten {tenant} nicht eingeschaltet.',
  'Add the application permissions Presence.ReadWrite.All and User.ReadBasic.All of Microsoft Graph to the app registration and grant admin consent; check that cloud names the right cloud.':
    'Fügen Sie der App-Registrierung die Anwendungsberechtigungen Presence.ReadWrite.All und User.ReadBasic.All von Microsoft Graph hinzu und erteilen Sie die Administratorzustimmung; prüfen Sie, ob cloud die richtige Cloud nennt.',
  'The account is not assigned to the enterprise application {app}.':
    'Das Konto ist der Unternehmensanwendung {app} nicht zugewiesen.',
  'Assign it under Enterprise applications, Users and groups, or set "Assignment required" to No.':
    'Weisen Sie es unter Unternehmensanwendungen, Benutzer und Gruppen zu, oder stellen Sie „Zuweisung erforderlich“ auf Nein.',
  'The sign-in needs a second factor.': 'Die Anmeldung braucht einen zweiten Faktor.',
  'Sign in interactively again.': 'Melden Sie sich noch einmal von Hand an.',
  'A Conditional Access policy or the security defaults of tenant {tenant} block app {app}.':
    'Eine Richtlinie für bedingten Zugriff oder die Sicherheitsstandards des Mandanten {tenant} sperren die App {app}.',
  'Ask the administrator of Conditional Access to allow this application from this place (workload identities).':
    'Bitten Sie die Verwaltung des bedingten Zugriffs, diese Anwendung von diesem Ort zuzulassen (Workloadidentitäten).',
  'The account is disabled, locked, or its password has expired.':
    'Das Konto ist deaktiviert oder gesperrt, oder sein Passwort ist abgelaufen.',
  'Ask the administrator of tenant {tenant} to unlock the account.':
    'Bitten Sie die Administration des Mandanten {tenant}, das Konto zu entsperren.',
  'The sign-in was revoked or has expired.': 'Die Anmeldung wurde widerrufen oder ist abgelaufen.',
  'Pair the account again.': 'Melden Sie das Konto neu an.',
  'The redirect address is registered for the platform single-page application.':
    'Die Umleitungsadresse ist für die Plattform Single-Page-Anwendung registriert.',
  'Register it under the platform Web instead.': 'Registrieren Sie sie unter der Plattform Web.',
  'The authorization code was used twice.': 'Der Autorisierungscode wurde zweimal benutzt.',
  'Start the sign-in again.': 'Beginnen Sie die Anmeldung neu.',
  'The PKCE verifier does not match the sign-in.': 'Der PKCE-Nachweis passt nicht zur Anmeldung.',
  'Start the sign-in again in one browser window.':
    'Beginnen Sie die Anmeldung in einem einzigen Browserfenster neu.',
  'This grant is not allowed at a shared endpoint (common, organizations).':
    'Diese Art der Anmeldung ist an einem gemeinsamen Endpunkt (common, organizations) nicht erlaubt.',
  'Microsoft sees app {app} asking for tokens in a loop.':
    'Microsoft sieht die App {app} in einer Schleife nach Token fragen.',
  'Check that no other program uses the same app registration; Hookswitch asks again later by itself.':
    'Prüfen Sie, dass kein anderes Programm dieselbe App-Registrierung benutzt; Hookswitch fragt später von selbst wieder.',
  'Microsoft Entra has a passing problem.': 'Microsoft Entra hat ein vorübergehendes Problem.',
  'Nothing needs to be done; Hookswitch tries again.': 'Zu tun ist nichts; Hookswitch versucht es wieder.',
  'The answer does not belong to this sign-in. Begin it again.':
    'Die Antwort gehört nicht zu dieser Anmeldung. Beginnen Sie sie neu.',
  'Microsoft’s proof of who signed in is not valid. Sign in again.':
    'Microsofts Nachweis, wer sich angemeldet hat, ist nicht gültig. Melden Sie sich neu an.',
  'No answer from {address}: {reason}.': 'Keine Antwort von {address}: {reason}.',
  'Check loginUrl, the firewall, the proxy and name resolution of this machine.':
    'Prüfen Sie loginUrl, Firewall, Proxy und Namensauflösung dieses Rechners.',
  'Microsoft Entra refused the sign-in of app {app} to tenant {tenant}.':
    'Microsoft Entra hat die Anmeldung der App {app} am Mandanten {tenant} abgelehnt.',
  '{login} answered {status} instead of a token.': '{login} hat {status} geantwortet, statt eines Tokens.',
  'Compare entraTenantId, clientId, the credential, cloud and loginUrl with the app registration.':
    'Vergleichen Sie entraTenantId, clientId, Schlüssel oder Zertifikat, cloud und loginUrl mit der App-Registrierung.',
  'Graph has a passing problem.': 'Graph hat ein vorübergehendes Problem.',
  'Graph refused the request.': 'Graph hat die Anfrage abgelehnt.',
  'Report this with the request id.': 'Melden Sie das mit der Anfrage-Id.',
  'Graph did not accept the length of the state.': 'Graph hat die Dauer des Zustands nicht angenommen.',
  'Sessions may last from 5 minutes to 4 hours; set callLife within 600 to 900 seconds.':
    'Sitzungen dürfen 5 Minuten bis 4 Stunden dauern; setzen Sie callLife auf 600 bis 900 Sekunden.',
  'Graph did not accept this pair of availability and activity.':
    'Graph hat dieses Paar aus Verfügbarkeit und Aktivität nicht angenommen.',
  'Choose another target state in the table of the link; docs/connectors/teams.md lists those that Teams accepts.':
    'Wählen Sie in der Tabelle der Verknüpfung einen anderen Zielzustand; docs/connectors/teams.md nennt die, die Teams annimmt.',
  'Graph did not understand the request.': 'Graph hat die Anfrage nicht verstanden.',
  'Check graphUrl and that the person still exists in Microsoft Entra; if both are right, report this with the request id.':
    'Prüfen Sie graphUrl und ob es die Person in Microsoft Entra noch gibt; stimmt beides, melden Sie das mit der Anfrage-Id.',
  'The presence service did not accept the token; new tenants and people without a Teams licence have shown this.':
    'Der Präsenzdienst hat das Token nicht angenommen; das kommt bei neuen Mandanten und Personen ohne Teams-Lizenz vor.',
  'Check that the person has a Teams licence, and try again in an hour.':
    'Prüfen Sie, ob die Person eine Teams-Lizenz hat, und versuchen Sie es in einer Stunde wieder.',
  'Graph did not accept the token.': 'Graph hat das Token nicht angenommen.',
  'Check that cloud and graphUrl belong to the same cloud as loginUrl, and that the app was not disabled in the tenant.':
    'Prüfen Sie, ob cloud und graphUrl zur selben Cloud gehören wie loginUrl und ob die App im Mandanten nicht gesperrt wurde.',
  'App {app} lacks a permission for this: {need}.': 'Der App {app} fehlt dafür eine Berechtigung: {need}.',
  'Add the application permission {need} of Microsoft Graph to the app registration and choose "Grant admin consent"; it can take some minutes to work.':
    'Fügen Sie der App-Registrierung die Anwendungsberechtigung {need} von Microsoft Graph hinzu und wählen Sie „Administratorzustimmung erteilen“; bis sie wirkt, kann es einige Minuten dauern.',
  'In the app registration, add the application permission {need} of Microsoft Graph and choose "Grant admin consent"; it can take some minutes to work.':
    'Fügen Sie in der App-Registrierung die Anwendungsberechtigung {need} von Microsoft Graph hinzu und wählen Sie „Administratorzustimmung erteilen“; bis sie wirkt, kann es einige Minuten dauern.',
  'Graph refuses this to app {app}; usually the permission {need} is missing or the person has no Teams licence.':
    'Graph verweigert das der App {app}; meist fehlt die Berechtigung {need}, oder die Person hat keine Teams-Lizenz.',
  'Grant the application permission {need} with admin consent and check the licence of the person.':
    'Erteilen Sie die Anwendungsberechtigung {need} mit Administratorzustimmung und prüfen Sie die Lizenz der Person.',
  'Graph does not know this person.': 'Graph kennt diese Person nicht.',
  'Check that the person still exists in tenant {tenant} and has a Teams licence.':
    'Prüfen Sie, ob es die Person im Mandanten {tenant} noch gibt und ob sie eine Teams-Lizenz hat.',
  'Graph reports a conflict with something that already exists.':
    'Graph meldet einen Konflikt mit etwas, das es schon gibt.',
  'Check that no other program uses the same app registration for presence.':
    'Prüfen Sie, dass kein anderes Programm dieselbe App-Registrierung für Präsenz benutzt.',
  'Graph asks for fewer requests.': 'Graph bittet um weniger Anfragen.',
  'Nothing needs to be done; if it happens often, lower requestsPer30s or use an app registration of its own for Hookswitch.':
    'Zu tun ist nichts; geschieht es oft, senken Sie requestsPer30s, oder geben Sie Hookswitch eine eigene App-Registrierung.',
  'The sign-in failed.': 'Die Anmeldung ist gescheitert.',
  'the request budget is used up': 'das Kontingent an Anfragen ist aufgebraucht',
  'Graph asked for fewer requests (429)': 'Graph hat um weniger Anfragen gebeten (429)',
  'Graph is not available ({status})': 'Graph ist nicht erreichbar ({status})',
  'Graph answered {status}': 'Graph hat {status} geantwortet',
  'the answer of Graph could not be understood': 'die Antwort von Graph war nicht zu verstehen',
  'Microsoft’s token is not accepted: {reason}.': 'Microsofts Token wird nicht angenommen: {reason}.',
  'Microsoft’s token is of another organisation.': 'Microsofts Token gehört zu einer anderen Organisation.',
  'Microsoft’s token lacks the scope {scope}.': 'Microsofts Token fehlt der Bereich {scope}.',
  'Expose that scope in the app registration, and admit the clients of Teams to it.':
    'Machen Sie diesen Bereich in der App-Registrierung verfügbar und lassen Sie die Clients von Teams dafür zu.',
  'The answer of the token endpoint could not be understood.':
    'Die Antwort des Token-Endpunkts war nicht zu verstehen.',
  'Check that loginUrl is the sign-in address of the cloud.':
    'Prüfen Sie, ob loginUrl die Anmeldeadresse der Cloud ist.',
  'No token from {address}: {reason}.': 'Kein Token von {address}: {reason}.',
  'The sign-in of the application that writes failed.':
    'Die Anmeldung der Anwendung, die schreibt, ist gescheitert.',
  'See the log.': 'Sehen Sie ins Protokoll.',
  '{account} is a guest in tenant {tenant}: a guest has no presence there.':
    '{account} ist im Mandanten {tenant} zu Gast: ein Gast hat dort keine Präsenz.',
  'Sign in with the work account of this organisation.':
    'Melden Sie sich mit dem Geschäftskonto dieser Organisation an.',
  'Microsoft gave no refresh token.': 'Microsoft hat kein Token zum Erneuern gegeben.',
  'Add the delegated permission offline_access of Microsoft Graph to the app registration.':
    'Fügen Sie der App-Registrierung die delegierte Berechtigung offline_access von Microsoft Graph hinzu.',
  'In its app registration, set groupMembershipClaims to DirectoryRole (Token configuration, Add groups claim, Directory roles).':
    'Setzen Sie in ihrer App-Registrierung groupMembershipClaims auf DirectoryRole (Tokenkonfiguration, Gruppenanspruch hinzufügen, Verzeichnisrollen).',
  'Choose one of {states} in the table of the link.':
    'Wählen Sie in der Tabelle der Verknüpfung eines von {states}.',
}
