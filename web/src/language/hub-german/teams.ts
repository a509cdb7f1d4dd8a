import type { HubSentences } from '../hub-translator.ts'

/** Trials, permissions and settings of Microsoft 365 (src/connectors/teams). */
export const teamsSentences: HubSentences = {
  'reads what Teams shows of people, so that phones and CRM can follow it':
    'liest, was Teams von Personen zeigt, damit Telefone und CRM dem folgen können',
  'reads what Teams shows of people, and shows In a call or Do not disturb there while a phone says so':
    'liest, was Teams von Personen zeigt, und zeigt dort In einem Anruf oder Nicht stören, solange ein Telefon es sagt',
  'finds people by name, sign-in name and mail address, to match them with their phones':
    'findet Personen über Name, Anmeldename und Mailadresse, um sie ihren Telefonen zuzuordnen',
  'also tells guests, disabled people, further mail addresses and licences; leave it out where that is not wanted':
    'nennt auch Gäste, deaktivierte Personen, weitere Mailadressen und Lizenzen; lassen Sie sie weg, wo das nicht gewünscht ist',
  'reads when the client secret ends, so that somebody is told weeks before; writing the day down by hand does as well':
    'liest, wann der geheime Clientschlüssel endet, damit Wochen vorher jemand davon hört; den Tag von Hand einzutragen geht ebenso',
  'shows calls and Do not disturb in Teams for who signed in, and for nobody else':
    'zeigt Anrufe und Nicht stören in Teams für die Person, die sich angemeldet hat, und für niemanden sonst',
  'tells who signed in': 'sagt, wer sich angemeldet hat',
  'tells their name and the tenant': 'sagt deren Namen und den Mandanten',
  'keeps the sign-in of a person alive until they take it back':
    'hält die Anmeldung einer Person gültig, bis sie sie zurücknimmt',
  'Open entra.microsoft.com, Applications, App registrations, New registration. Name it {name}; supported account types: this organisational directory only.':
    'Öffnen Sie entra.microsoft.com, Anwendungen, App-Registrierungen, Neue Registrierung. Name: {name}; unterstützte Kontotypen: nur dieses Organisationsverzeichnis.',
  'Under Authentication add the platform Web (not single-page application) with these redirect URIs, letter by letter: {uris}':
    'Fügen Sie unter Authentifizierung die Plattform Web (nicht Single-Page-Anwendung) mit diesen Umleitungs-URIs hinzu, Zeichen für Zeichen: {uris}',
  'Under API permissions add, of Microsoft Graph, the application permissions {application} and the delegated permissions {delegated}. Of use, but not needed: {extra}.':
    'Fügen Sie unter API-Berechtigungen von Microsoft Graph die Anwendungsberechtigungen {application} und die delegierten Berechtigungen {delegated} hinzu. Nützlich, aber nicht nötig: {extra}.',
  'Under API permissions add, of Microsoft Graph, the application permissions {application}. Of use, but not needed: {extra}.':
    'Fügen Sie unter API-Berechtigungen von Microsoft Graph die Anwendungsberechtigungen {application} hinzu. Nützlich, aber nicht nötig: {extra}.',
  'Choose Grant admin consent there. A Privileged Role Administrator or a Global Administrator can.':
    'Wählen Sie dort Administratorzustimmung erteilen. Das kann, wer Administrator für privilegierte Rollen oder Globaler Administrator ist.',
  'Under Certificates & secrets upload a certificate, or make a client secret: copy its value (not its id), which is shown once, and note the day on which it ends.':
    'Laden Sie unter Zertifikate & Geheimnisse ein Zertifikat hoch, oder legen Sie einen geheimen Clientschlüssel an: kopieren Sie seinen Wert (nicht die Id), der nur einmal gezeigt wird, und merken Sie sich den Tag, an dem er endet.',
  'Copy the tenant id and the application (client) id of the overview page.':
    'Kopieren Sie von der Übersichtsseite die Mandanten-Id und die Anwendungs-Id (Client).',
  'Only for the tab in Teams: under Expose an API set the Application ID URI to {uri}, CLIENTID being the application (client) id; add the scope {scope} for admins and users; and as authorized client applications, with that scope, {clients}. In the Manifest set requestedAccessTokenVersion to 2.':
    'Nur für den Tab in Teams: Setzen Sie unter Eine API verfügbar machen den Anwendungs-ID-URI auf {uri}, wobei CLIENTID die Anwendungs-Id (Client) ist; fügen Sie den Bereich {scope} für Administratoren und Benutzer hinzu, und als autorisierte Clientanwendungen mit diesem Bereich {clients}. Setzen Sie im Manifest requestedAccessTokenVersion auf 2.',
  'Azure CLI (bash)': 'Azure CLI (bash)',
  'Signed in to tenant {tenant} as app {app}.': 'Am Mandanten {tenant} als App {app} angemeldet.',
  'Signed in as app {app}, which writes.': 'Als App {app} angemeldet, die schreibt.',
  'The check broke off unexpectedly.': 'Die Prüfung ist unerwartet abgebrochen.',
  'The trial broke off unexpectedly.': 'Die Probe ist unerwartet abgebrochen.',
  'Report this with the log.': 'Melden Sie das mit dem Protokoll.',
  'The application permission {permission} is missing at app {app}: nothing can be written to Teams.':
    'Der App {app} fehlt die Anwendungsberechtigung {permission}: in Teams kann nichts geschrieben werden.',
  "The clock of this machine is {seconds} s behind Microsoft's.":
    'Die Uhr dieses Rechners geht {seconds} s gegenüber der von Microsoft nach.',
  "The clock of this machine is {seconds} s ahead of Microsoft's.":
    'Die Uhr dieses Rechners geht {seconds} s gegenüber der von Microsoft vor.',
  "The clock of this machine is {seconds} s {how} Microsoft's.":
    'Die Uhr dieses Rechners weicht um {seconds} s von der von Microsoft ab ({how}).',
  'ahead of': 'geht vor',
  'Set up time synchronisation (NTP) on this machine.':
    'Richten Sie auf diesem Rechner die Zeitsynchronisation (NTP) ein.',
  'The certificate expires in {days} days.': 'Das Zertifikat läuft in {days} Tagen ab.',
  'Upload a new one and configure it before that day.':
    'Laden Sie vor diesem Tag ein neues hoch und tragen Sie es ein.',
  'When the client secret ends is not known, so nobody is told before it does.':
    'Wann der geheime Clientschlüssel endet, ist nicht bekannt; vorher hört also niemand davon.',
  'Write the day beside it (clientSecretExpires), or grant the application permission {permission}.':
    'Schreiben Sie den Tag daneben (clientSecretExpires), oder erteilen Sie die Anwendungsberechtigung {permission}.',
  'The client secret ends in {days} days.': 'Der geheime Clientschlüssel endet in {days} Tagen.',
  'Make a new one and configure it before that day.':
    'Legen Sie vor diesem Tag einen neuen an und tragen Sie ihn ein.',
  'Presence can be read, which is all that is wanted.':
    'Präsenz kann gelesen werden; mehr ist nicht gewünscht.',
  '{permission} is granted: presence can be read and written.':
    '{permission} ist erteilt: Präsenz kann gelesen und geschrieben werden.',
  'The application permission {permission} is missing: nothing can be written to Teams, and nobody can be read.':
    'Die Anwendungsberechtigung {permission} fehlt: in Teams kann nichts geschrieben und niemand gelesen werden.',
  'The application permission {permission} is missing: nothing can be written to Teams{more}.':
    'Die Anwendungsberechtigung {permission} fehlt: in Teams kann nichts geschrieben werden{more}.',
  ', and nobody can be read': ' und niemand gelesen',
  'The application permission User.ReadBasic.All is missing: people cannot be found by name.':
    'Die Anwendungsberechtigung User.ReadBasic.All fehlt: Personen können nicht über ihren Namen gefunden werden.',
  '{number} people are in the tenant, {guests} of them guests.':
    '{number} Personen sind im Mandanten, davon {guests} Gäste.',
  '{number} people are in the tenant{guests}.': '{number} Personen sind im Mandanten{guests}.',
  ', {guests} of them guests': ', davon {guests} Gäste',
  '{what} cannot be seen: grant User.Read.All.': '{what} nicht zu sehen: erteilen Sie User.Read.All.',
  '{what} cannot be seen: set read.{setting} and grant User.Read.All.':
    '{what} nicht zu sehen: setzen Sie read.{setting} und erteilen Sie User.Read.All.',
  'Guests without #EXT# in their name, and disabled accounts,':
    'Gäste ohne #EXT# im Namen und deaktivierte Konten sind',
  'Mail aliases': 'Weitere Mailadressen sind',
  'Teams licences': 'Teams-Lizenzen sind',
  '{number} people have no Teams licence, for example {people}.':
    '{number} Personen haben keine Teams-Lizenz, zum Beispiel {people}.',
  'They show no presence; leave them out or license them.':
    'Sie zeigen keine Präsenz; nehmen Sie sie aus, oder lizenzieren Sie sie.',
  'The presence of one person was read.': 'Die Präsenz einer Person wurde gelesen.',
  'Graph answered the presence request with something else than presence.':
    'Graph hat die Frage nach Präsenz mit etwas anderem beantwortet.',
  'Check graphUrl, and whether a proxy answers in its place.':
    'Prüfen Sie graphUrl, und ob ein Proxy an seiner Stelle antwortet.',
  'Presence may be read.': 'Präsenz darf gelesen werden.',
  'Presence cannot be read: {reason}': 'Präsenz kann nicht gelesen werden: {reason}',
  'Presence was not read: {reason}.': 'Präsenz wurde nicht gelesen: {reason}.',
  'Try again later; check that nothing else uses this app.':
    'Versuchen Sie es später wieder; prüfen Sie, dass nichts anderes diese App benutzt.',
  'Check graphUrl and the network.': 'Prüfen Sie graphUrl und das Netz.',
  'Check graphUrl.': 'Prüfen Sie graphUrl.',
  'Presence cannot be written: {reason}': 'Präsenz kann nicht geschrieben werden: {reason}',
  'People cannot be found: {reason}': 'Personen können nicht gefunden werden: {reason}',
  'Presence may be written, as far as can be told without writing.':
    'Präsenz darf geschrieben werden, soweit sich das ohne zu schreiben sagen lässt.',
  'Whether presence may be written could not be found out.':
    'Ob Präsenz geschrieben werden darf, war nicht herauszufinden.',
  'Run hookswitch check --live with a person who agrees to it.':
    'Rufen Sie hookswitch check --live mit einer Person auf, die damit einverstanden ist.',
  'With {requests} requests per 30 s, up to {people} people are read within {seconds} s whatever else happens.':
    'Mit {requests} Anfragen je 30 s werden bis zu {people} Personen in {seconds} s gelesen, was auch sonst geschieht.',
  'The people of the tenant cannot be listed: {reason}.':
    'Die Personen des Mandanten lassen sich nicht auflisten: {reason}.',
  'Check graphUrl and the network; Hookswitch tries again.':
    'Prüfen Sie graphUrl und das Netz; Hookswitch versucht es wieder.',
  '{person} was found.': '{person} wurde gefunden.',
  'People can be found, but nobody in the tenant has the sign-in name {person}.':
    'Personen können gefunden werden, aber niemand im Mandanten hat den Anmeldenamen {person}.',
  'Name somebody of this tenant by their user principal name.':
    'Nennen Sie jemanden dieses Mandanten mit dem Benutzerprinzipalnamen.',
  'Their presence was read.': 'Deren Präsenz wurde gelesen.',
  'Presence may be written; nothing was written for this trial.':
    'Präsenz darf geschrieben werden; für diese Probe wurde nichts geschrieben.',
  'Presence was written for a moment, and taken back.':
    'Präsenz wurde für einen Augenblick geschrieben und zurückgenommen.',
  'Nothing: what was written shows nothing that anybody would notice, and ends in five minutes.':
    'Nichts: was geschrieben wurde, fällt niemandem auf und endet in fünf Minuten.',
  'Presence was written, but could not be taken back at once.':
    'Präsenz wurde geschrieben, war aber nicht gleich zurückzunehmen.',
  'Whether {what} can be read is not told by the token.':
    'Ob sich {what} lesen lassen, sagt das Token nicht.',
  'It tells {what}.': 'Sie zeigt {what}.',
  'Not granted, and not needed: it would tell {what}.':
    'Nicht erteilt und nicht nötig: sie würde {what} zeigen.',
  'guests, disabled people, aliases and licences':
    'Gäste, deaktivierte Personen, weitere Mailadressen und Lizenzen',
  'the end of the client secret': 'das Ende des geheimen Clientschlüssels',
  '{what}: the answer holds nothing.': '{what}: die Antwort enthält nichts.',
  'People cannot be found': 'Personen können nicht gefunden werden',
  'Presence cannot be read': 'Präsenz kann nicht gelesen werden',
  'Presence cannot be written': 'Präsenz kann nicht geschrieben werden',
  'Check the network, and try again in a minute.':
    'Prüfen Sie das Netz, und versuchen Sie es in einer Minute wieder.',
  'certificate.{which}File: the file cannot be read.':
    'certificate.{which}File: die Datei ist nicht zu lesen.',
  'Check the path, and that the account Hookswitch runs under may read the file.':
    'Prüfen Sie den Pfad, und ob das Konto, unter dem Hookswitch läuft, die Datei lesen darf.',
  'certificate: this is not an X.509 certificate in PEM.':
    'certificate: das ist kein X.509-Zertifikat in PEM.',
  'Use the file that begins with "-----BEGIN CERTIFICATE-----".':
    'Nehmen Sie die Datei, die mit „-----BEGIN CERTIFICATE-----“ beginnt.',
  'certificate: the private key cannot be used.':
    'certificate: der private Schlüssel ist nicht zu gebrauchen.',
  'Use an RSA key in PEM of at least 2048 bits, and its passphrase if it has one.':
    'Nehmen Sie einen RSA-Schlüssel in PEM von mindestens 2048 Bit, und seine Passphrase, wenn er eine hat.',
  'certificate: the private key belongs to another certificate.':
    'certificate: der private Schlüssel gehört zu einem anderen Zertifikat.',
  'Configure the key that was made together with this certificate.':
    'Tragen Sie den Schlüssel ein, der zusammen mit diesem Zertifikat entstanden ist.',
  'The certificate expired on {day}.': 'Das Zertifikat ist am {day} abgelaufen.',
  'Create a new certificate, upload it in the app registration and configure it here.':
    'Erzeugen Sie ein neues Zertifikat, laden Sie es in der App-Registrierung hoch und tragen Sie es hier ein.',
  'the Teams connector': 'dem Konnektor für Teams',
  'This instance was stopped.': 'Diese Instanz wurde angehalten.',
  'Teams could not be started.': 'Teams war nicht zu starten.',
  'an unexpected error; see the log': 'ein unerwarteter Fehler; sehen Sie ins Protokoll',
  'Graph asked for fewer requests; reading goes on later':
    'Graph hat um weniger Anfragen gebeten; später wird weitergelesen',
  '{number} people, each read every {often}, under load every {seldom}':
    '{number} Personen, jede gelesen alle {often}, unter Last alle {seldom}',
  '{number} people, each read every {often}': '{number} Personen, jede gelesen alle {often}',
  'Raise requestsPer30s and requestsPer30sCeiling if Microsoft allows this application more, or split the people over two applications.':
    'Erhöhen Sie requestsPer30s und requestsPer30sCeiling, wenn Microsoft dieser Anwendung mehr erlaubt, oder verteilen Sie die Personen auf zwei Anwendungen.',
  'nobody could be read': 'niemand war zu lesen',
  'clientSecret and certificate are both set.': 'clientSecret und certificate sind beide gesetzt.',
  'Keep one of the two.': 'Behalten Sie eines von beiden.',
  'Neither clientSecret nor certificate is set.': 'Weder clientSecret noch certificate ist gesetzt.',
  'Create a client secret (or upload a certificate) in the app registration and configure it here.':
    'Legen Sie in der App-Registrierung einen geheimen Clientschlüssel an (oder laden Sie ein Zertifikat hoch) und tragen Sie es hier ein.',
  'certificate is incomplete.': 'certificate ist unvollständig.',
  'Set certFile and keyFile, or cert and key.': 'Setzen Sie certFile und keyFile, oder cert und key.',
  'No consent of an administrator of Microsoft 365 was confirmed yet.':
    'Noch wurde keine Zustimmung einer Administratorin von Microsoft 365 bestätigt.',
  'Make a consent link, have an administrator of Microsoft 365 open it, and confirm what comes of it.':
    'Erzeugen Sie einen Link zur Zustimmung, lassen Sie ihn von der Administration von Microsoft 365 öffnen, und bestätigen Sie, was daraus wird.',
  'entraTenantId: "{value}" stands for every tenant; an application signs in to one.':
    'entraTenantId: „{value}“ steht für jeden Mandanten; eine Anwendung meldet sich an einem an.',
  'Use the tenant id shown on the overview page of Microsoft Entra.':
    'Nehmen Sie die Mandanten-Id von der Übersichtsseite von Microsoft Entra.',
  'The token cannot be renewed: {reason}': 'Das Token lässt sich nicht erneuern: {reason}',
}
