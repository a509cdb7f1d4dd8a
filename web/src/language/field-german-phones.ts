import type { HubSentences } from './hub-translator.ts'

/** Settings of connectors to phones by open protocols, and of Microsoft Teams: labels and explanations. */
export const phoneFields: HubSentences = {
  'Microsoft Teams': 'Microsoft Teams',
  'Presence in Microsoft Teams through Microsoft Graph, with an application of your own.':
    'Präsenz in Microsoft Teams über Microsoft Graph, mit einer eigenen Anwendung.',
  'Entra tenant': 'Entra-Mandant',
  'Id (GUID) or a domain name of the Microsoft 365 tenant.':
    'Id (GUID) oder ein Domänenname des Microsoft-365-Mandanten.',
  'Application id': 'Anwendungs-Id',
  'Application (client) id of the app registration.': 'Anwendungs-Id (Client) der App-Registrierung.',
  'Client secret': 'Geheimer Clientschlüssel',
  'The value of a client secret of the app registration. Use this or a certificate.':
    'Der Wert eines geheimen Clientschlüssels der App-Registrierung. Entweder dieser oder ein Zertifikat.',
  'End of the client secret': 'Ende des geheimen Clientschlüssels',
  'Day on which Entra lets the client secret expire, as 2027-05-31: alerts tell of it weeks before. Entra shows it beside the secret.':
    'Der Tag, an dem Entra den geheimen Clientschlüssel ablaufen lässt, in der Form 2027-05-31: Wochen vorher wird daran erinnert. Entra zeigt ihn neben dem Schlüssel.',
  Certificate: 'Zertifikat',
  'Signs in with a certificate instead of a secret: certFile and keyFile, or cert and key.':
    'Meldet sich mit einem Zertifikat an statt mit einem Schlüssel: certFile und keyFile, oder cert und key.',
  'Certificate file': 'Zertifikatsdatei',
  'Path of the certificate, PEM.': 'Pfad des Zertifikats, PEM.',
  'Private key file': 'Datei des privaten Schlüssels',
  'Path of the private key, PEM (PKCS#8).': 'Pfad des privaten Schlüssels, PEM (PKCS#8).',
  'The certificate itself, PEM.': 'Das Zertifikat selbst, PEM.',
  'Private key': 'Privater Schlüssel',
  'The private key itself, PEM (PKCS#8).': 'Der private Schlüssel selbst, PEM (PKCS#8).',
  Passphrase: 'Passphrase',
  'Of the private key, where it has one.': 'Des privaten Schlüssels, wenn er eine hat.',
  'Application for writing': 'Anwendung zum Schreiben',
  'A second app registration that writes (Presence.ReadWrite.All), so that the first one only needs to read. Left out, one application does both.':
    'Eine zweite App-Registrierung, die schreibt (Presence.ReadWrite.All), damit die erste nur lesen muss. Ohne sie tut eine Anwendung beides.',
  'Application (client) id of the app registration that writes.':
    'Anwendungs-Id (Client) der App-Registrierung, die schreibt.',
  'Of the application that writes. Use this or a certificate.':
    'Der Anwendung, die schreibt. Entweder dieser oder ein Zertifikat.',
  'Day on which Entra lets it expire, as 2027-05-31.':
    'Der Tag, an dem Entra ihn ablaufen lässt, in der Form 2027-05-31.',
  Cloud: 'Cloud',
  'The Microsoft cloud of the tenant. GCC uses global.':
    'Die Microsoft-Cloud des Mandanten. GCC benutzt global.',
  'Graph address': 'Adresse von Graph',
  'Replaces the Graph root of the cloud. Plain http is accepted for loopback only.':
    'Ersetzt die Graph-Adresse der Cloud. Einfaches http wird nur für diesen Rechner selbst angenommen.',
  'Sign-in address': 'Adresse der Anmeldung',
  'Replaces the sign-in root of the cloud. Plain http is accepted for loopback only.':
    'Ersetzt die Anmeldeadresse der Cloud. Einfaches http wird nur für diesen Rechner selbst angenommen.',
  'Life of a call session': 'Dauer einer Gesprächssitzung',
  'Seconds after which In a call ends by itself in Teams when nobody prolongs it any more.':
    'Sekunden, nach denen In einem Anruf in Teams von selbst endet, wenn niemand es mehr verlängert.',
  'Do not disturb as': 'Nicht stören als',
  'preferred: as the status that the person could choose. presenting: as a session of the application, shown as Presenting.':
    'preferred: als der Status, den die Person selbst wählen könnte. presenting: als Sitzung der Anwendung, gezeigt als Präsentiert.',
  'Request budget': 'Kontingent an Anfragen',
  'Requests per 30 seconds to begin with.': 'Anfragen je 30 Sekunden zu Beginn.',
  'Ceiling of the request budget': 'Obergrenze des Kontingents',
  'The budget grows up to this while Microsoft does not refuse; the larger of this and the budget counts.':
    'Bis hierher wächst das Kontingent, solange Microsoft nicht ablehnt; der größere der beiden Werte zählt.',
  'Writes together': 'Gemeinsames Schreiben',
  'Writes that are ready at the same moment go to Graph as one request ($batch), up to 20 of them. Each counts in the budget as ever. Off: each by itself.':
    'Was im selben Augenblick zu schreiben ist, geht in einer Anfrage an Graph ($batch), bis zu 20 auf einmal. Jedes zählt im Kontingent wie sonst. Aus: jedes für sich.',
  Sweep: 'Rundgang',
  'How often everybody is read.': 'Wie oft alle gelesen werden.',
  'Shortest round': 'Kürzeste Runde',
  'Everybody is read once per round; a round is never shorter than this, in seconds.':
    'Jede Person wird einmal je Runde gelesen; kürzer als so viele Sekunden ist keine Runde.',
  'People per second': 'Personen je Sekunde',
  'Upper bound of people read per second, to spare the processor in large tenants.':
    'Höchstens so viele Personen werden je Sekunde gelesen, um in großen Mandanten den Prozessor zu schonen.',
  'Optional reading': 'Zusätzliches Lesen',
  'What is read about people beyond name, sign-in name and mail address.':
    'Was über Personen außer Name, Anmeldename und Mailadresse gelesen wird.',
  Guests: 'Gäste',
  'Read who is a guest and who is disabled (needs User.Read.All).':
    'Lesen, wer Gast und wer deaktiviert ist (braucht User.Read.All).',
  Aliases: 'Weitere Mailadressen',
  'Read further mail addresses for matching people (needs User.Read.All).':
    'Weitere Mailadressen lesen, um Personen zuzuordnen (braucht User.Read.All).',
  Licences: 'Lizenzen',
  'Report people without a Teams licence (needs User.Read.All).':
    'Personen ohne Teams-Lizenz melden (braucht User.Read.All).',
  Host: 'Host',
  'Name or address of the PBX.': 'Name oder Adresse der Telefonanlage.',
  Port: 'Port',
  'Of the Asterisk Manager Interface: 5038, with TLS usually 5039.':
    'Des Asterisk Manager Interface: 5038, mit TLS meist 5039.',
  User: 'Benutzer',
  'The section of manager.conf.': 'Der Abschnitt in manager.conf.',
  Secret: 'Geheimnis',
  'The secret of that section.': 'Das secret dieses Abschnitts.',
  'Hint context': 'Kontext der Hints',
  'Dialplan context of the hints (FreePBX: ext-local). Default: wherever the extension has one.':
    'Kontext der Hints im Wählplan (FreePBX: ext-local). Ohne Angabe: wo immer die Nebenstelle einen hat.',
  Flavour: 'Spielart',
  'FreePBX keeps do not disturb in its database as well. auto: look for AMPUSER entries.':
    'FreePBX hält Nicht stören auch in seiner Datenbank. auto: nach Einträgen unter AMPUSER sehen.',
  Extensions: 'Nebenstellen',
  'Names, mail addresses and devices, where the lists of the PBX do not have them.':
    'Namen, Mailadressen und Geräte, wo die Listen der Telefonanlage sie nicht haben.',
  Extension: 'Nebenstelle',
  'The number, as in the hint.': 'Die Nummer, wie im Hint.',
  'Mail address': 'Mailadresse',
  'Matches the extension to a person.': 'Ordnet die Nebenstelle einer Person zu.',
  'Display name': 'Anzeigename',
  'Shown where a person is picked.': 'Wird gezeigt, wo eine Person ausgesucht wird.',
  'Shared phone': 'Geteiltes Telefon',
  'Several people use this phone (lobby, hot desk): not synced unless asked.':
    'Mehrere benutzen dieses Telefon (Empfang, Wechselplatz): wird nur auf Wunsch abgeglichen.',
  Devices: 'Geräte',
  'Channel names without their number, for example PJSIP/1001. Default: those of the hint.':
    'Kanalnamen ohne ihre Nummer, zum Beispiel PJSIP/1001. Ohne Angabe: die des Hints.',
  TLS: 'TLS',
  'Connect with TLS (tlsenable = yes in manager.conf, port 5039).':
    'Mit TLS verbinden (tlsenable = yes in manager.conf, Port 5039).',
  'CA certificate': 'Zertifikat der Stelle',
  'PEM of the authority, or of the self-signed certificate, that the PBX presents.':
    'PEM der Stelle oder des selbst signierten Zertifikats, das die Telefonanlage vorzeigt.',
  'Server name': 'Name des Servers',
  'Name in the certificate of the PBX, where it is not the host.':
    'Name im Zertifikat der Telefonanlage, wo er nicht der Host ist.',
  'Write do not disturb': 'Nicht stören schreiben',
  'Let links set and clear do not disturb at extensions.':
    'Verknüpfungen dürfen an Nebenstellen Nicht stören setzen und löschen.',
  'DND device': 'Gerät für Nicht stören',
  'Custom device state that stands for do not disturb; {extension} is replaced.':
    'Eigener Gerätezustand, der für Nicht stören steht; {extension} wird ersetzt.',
  'Read custom presence': 'CustomPresence lesen',
  'Pass on CustomPresence (available, away, dnd ...) as a state the person chose. Do not disturb needs it not.':
    'CustomPresence (available, away, dnd ...) als von der Person gewählten Zustand weitergeben. Nicht stören braucht das nicht.',
  'Count feature codes': 'Tastencodes zählen',
  'Count calls to star codes (*97 ...) that reach nobody else as calls.':
    'Anrufe an Sterncodes (*97 ...), die niemanden sonst erreichen, als Anrufe zählen.',
  'Everything is read again this often, in seconds, for changes that make no event.':
    'So oft wird alles neu gelesen, in Sekunden, wegen Änderungen ohne Ereignis.',
  Server: 'Server',
  'Host and port of the PBX, for example pbx.example.com:5060 or [2001:db8::1]:5061.':
    'Host und Port der Telefonanlage, zum Beispiel pbx.example.com:5060 oder [2001:db8::1]:5061.',
  Transport: 'Transport',
  'tcp and tls notice a restart of the PBX at once; udp may need until the next refresh.':
    'tcp und tls bemerken einen Neustart der Telefonanlage sofort; udp womöglich erst bei der nächsten Auffrischung.',
  Domain: 'Domäne',
  'SIP domain of the extensions, the part behind the @. Default: the host of the server.':
    'SIP-Domäne der Nebenstellen, der Teil hinter dem @. Ohne Angabe: der Host des Servers.',
  'User name': 'Benutzername',
  'A SIP account of the PBX that may watch the extensions.':
    'Ein SIP-Konto der Telefonanlage, das die Nebenstellen beobachten darf.',
  Password: 'Passwort',
  'Password of that account.': 'Passwort dieses Kontos.',
  Register: 'Registrieren',
  'Also register the account like a phone. Only for a PBX that lets only registered phones watch.':
    'Das Konto auch wie ein Telefon registrieren. Nur für Telefonanlagen, die allein registrierte Telefone beobachten lassen.',
  'Event packages': 'Ereignispakete',
  'dialog: calls (busy lamp field). presence: whether a phone is registered, and a lamp for calls.':
    'dialog: Anrufe (Besetztlampenfeld). presence: ob ein Telefon registriert ist, und eine Lampe für Anrufe.',
  'Subscription time': 'Dauer eines Abonnements',
  'Seconds a subscription is asked for; how long at most a silent loss of the PBX goes unnoticed.':
    'Für so viele Sekunden wird abonniert; höchstens so lange bleibt ein stiller Ausfall der Telefonanlage unbemerkt.',
  'Requests in flight': 'Offene Anfragen',
  'How many requests may wait for the answer of the PBX at a time.':
    'Wie viele Anfragen zugleich auf Antwort der Telefonanlage warten dürfen.',
  'Keep-alive': 'Lebenszeichen',
  'Seconds of silence after which the PBX is asked whether it is there (OPTIONS).':
    'Nach so vielen stillen Sekunden wird die Telefonanlage gefragt, ob sie da ist (OPTIONS).',
  'Length of internal numbers': 'Länge interner Nummern',
  'Numbers of at most so many digits are internal calls; longer and other ones are external.':
    'Nummern mit höchstens so vielen Ziffern sind interne Anrufe; längere und andere sind externe.',
  'Extension to try': 'Nebenstelle zur Probe',
  'Extension that the trial connection watches for a moment. Default: the account itself.':
    'Nebenstelle, die die Probeverbindung einen Augenblick beobachtet. Ohne Angabe: das Konto selbst.',
  'Publish presence': 'Präsenz veröffentlichen',
  'Show states at the presence server of the PBX by PUBLISH (RFC 3903), so that phones and lamps see them. Needs a link to this connector.':
    'Zustände am Präsenzserver der Telefonanlage mit PUBLISH (RFC 3903) zeigen, damit Telefone und Lampen sie sehen. Braucht eine Verknüpfung zu diesem Konnektor.',
  'Do not disturb of the phones': 'Nicht stören der Telefone',
  'Read it and let links set it, by as-feature-event (feature key synchronization), where the PBX has that.':
    'Lesen und von Verknüpfungen setzen lassen, über as-feature-event (Abgleich der Funktionstasten), wo die Telefonanlage das hat.',
  'Certificate authorities': 'Zertifizierungsstellen',
  'File with the PEM certificates to trust for tls, instead of those of the system.':
    'Datei mit den PEM-Zertifikaten, denen bei tls vertraut wird, statt denen des Systems.',
  'Extensions of': 'Nebenstellen von',
  'Id of the phone system whose extensions are watched for people without an address here; both then see the same phones. Default: that of `linesOf`; else, when nobody has an address here, the only other phone system. `none`: only people with an address here.':
    'Id der Telefonanlage, deren Nebenstellen für Personen ohne Adresse hier beobachtet werden; beide sehen dann dieselben Telefone. Ohne Angabe: die von `linesOf`; sonst, wenn niemand hier eine Adresse hat, die einzige andere Telefonanlage. `none`: nur Personen mit einer Adresse hier.',
  'Lines of': 'Leitungen von',
  'Id of the connector that sees the same phones (AMI); this one counts while that one is not synced.':
    'Id des Konnektors, der dieselben Telefone sieht (AMI); dieser zählt, solange jener nicht auf dem Stand ist.',
  'Name or address of the CSTA server.': 'Name oder Adresse des CSTA-Servers.',
  'TCP port of its CSTA XML interface, as set at the system.':
    'TCP-Port seiner CSTA-XML-Schnittstelle, wie am System eingestellt.',
  Profile: 'Profil',
  'How this system signs in, frames its messages and writes its numbers: ecma-354 (an application session), openscape, avaya-dmcc, uni-tel, no-session.':
    'Wie dieses System sich anmelden lässt, Nachrichten rahmt und Nummern schreibt: ecma-354 (eine Anwendungssitzung), openscape, avaya-dmcc, uni-tel, no-session.',
  'Of the application session; not for the profile no-session.':
    'Der Anwendungssitzung; nicht beim Profil no-session.',
  'The name under which this application is known at the system.':
    'Der Name, unter dem das System diese Anwendung kennt.',
  Edition: 'Ausgabe',
  'XML namespace of the requests, where it is another than the one of the profile.':
    'XML-Namensraum der Anfragen, wo er ein anderer ist als der des Profils.',
  'Switch name': 'Name der Anlage',
  'avaya-dmcc: name of the switch connection at the server.':
    'avaya-dmcc: Name der Verbindung zur Anlage am Server.',
  'Connect with TLS.': 'Mit TLS verbinden.',
  'PEM of the authority, or of the self-signed certificate, of the server.':
    'PEM der Stelle oder des selbst signierten Zertifikats des Servers.',
  'Name in the certificate of the server, where it is not the host.':
    'Name im Zertifikat des Servers, wo er nicht der Host ist.',
  'Names and mail addresses: CSTA itself knows numbers only.':
    'Namen und Mailadressen: CSTA selbst kennt nur Nummern.',
  'The number of the phone.': 'Die Nummer des Telefons.',
  'Every extension is read again this often, in seconds, in case an event was missed.':
    'So oft wird jede Nebenstelle neu gelesen, in Sekunden, falls ein Ereignis ausblieb.',
  'Extension that the trial connection monitors for a moment.':
    'Nebenstelle, die die Probeverbindung einen Augenblick beobachtet.',
  'Name or address of the FreeSWITCH.': 'Name oder Adresse des FreeSWITCH.',
  'listen-port of event_socket.conf.xml.': 'listen-port in event_socket.conf.xml.',
  'password of event_socket.conf.xml.': 'password in event_socket.conf.xml.',
  'Directory domain of the extensions: what follows the @ in their presence id.':
    'Domäne der Nebenstellen im Verzeichnis: was in ihrer Präsenz-Id auf das @ folgt.',
  'Names and mail addresses, where the directory of the FreeSWITCH does not have them.':
    'Namen und Mailadressen, wo das Verzeichnis des FreeSWITCH sie nicht hat.',
  'User id in the directory, without the domain.': 'Benutzer-Id im Verzeichnis, ohne Domäne.',
  'Connect with TLS, to a proxy before the event socket (stunnel, HAProxy): it has none itself.':
    'Mit TLS verbinden, zu einem Proxy vor dem Event Socket (stunnel, HAProxy): er selbst hat keines.',
  'PEM of the authority, or of the self-signed certificate, of that proxy.':
    'PEM der Stelle oder des selbst signierten Zertifikats dieses Proxys.',
  'Name in the certificate of that proxy, where it is not the host.':
    'Name im Zertifikat dieses Proxys, wo er nicht der Host ist.',
  'Where do not disturb is kept. plain: at a place of your own that your dialplan asks. fusionpbx: the field of the extension in FusionPBX.':
    'Wo Nicht stören steht. plain: an einer eigenen Stelle, die Ihr Wählplan fragt. fusionpbx: das Feld der Nebenstelle in FusionPBX.',
  'DND store': 'Ablage für Nicht stören',
  'plain only. db: the database of mod_db, which a restart keeps. hash: the memory of mod_hash, which it does not.':
    'Nur plain. db: die Datenbank von mod_db, die einen Neustart überdauert. hash: der Speicher von mod_hash, der es nicht tut.',
  'DND realm': 'Bereich für Nicht stören',
  'plain only. First part of the place: {realm}/{key}.': 'Nur plain. Erster Teil der Stelle: {realm}/{key}.',
  'DND key': 'Schlüssel für Nicht stören',
  'plain only. Second part; {extension} and {domain} are replaced.':
    'Nur plain. Zweiter Teil; {extension} und {domain} werden ersetzt.',
  'DND interval': 'Abstand für Nicht stören',
  'Do not disturb is read again this often, in seconds.':
    'So oft wird Nicht stören neu gelesen, in Sekunden.',
  'Light lamps': 'Lampen schalten',
  'Light the busy lamps of an extension while its do not disturb is on, and while a link shows a call there.':
    'Die Besetztlampen einer Nebenstelle leuchten, solange ihr Nicht stören an ist und solange eine Verknüpfung dort einen Anruf zeigt.',
  'SIP profile': 'SIP-Profil',
  'Profile at which the phones subscribe to lamps; it needs manage-presence.':
    'Profil, an dem die Telefone Lampen abonnieren; es braucht manage-presence.',
  'Everything is read again this often, in seconds.': 'So oft wird alles neu gelesen, in Sekunden.',
}
