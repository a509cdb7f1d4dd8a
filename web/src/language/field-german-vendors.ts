import type { HubSentences } from './hub-translator.ts'

/** Settings of connectors to systems of one vendor, to webhooks and agents: labels and explanations. */
export const vendorFields: HubSentences = {
  '3CX': '3CX',
  'Calls and profiles of a 3CX V20, with an API client of your own.':
    'Anrufe und Profile einer 3CX V20, mit einem eigenen API-Client.',
  Address: 'Adresse',
  'Of the 3CX web client, for example https://contoso.3cx.eu or, self-hosted, https://pbx.contoso.com:5001.':
    'Des 3CX-Webclients, zum Beispiel https://contoso.3cx.eu oder, selbst betrieben, https://pbx.contoso.com:5001.',
  'Client ID': 'Client-Id',
  'Of the API client made for the hub alone in Admin Console, Integrations, API.':
    'Des API-Clients, der in der Admin Console unter Integrationen, API nur für den Hub angelegt wurde.',
  'API key': 'API-Schlüssel',
  'Shown once when the API client is made.': 'Wird einmal gezeigt, wenn der API-Client angelegt wird.',
  Calls: 'Anrufe',
  'Hear calls over the Call Control API, which must be ticked at the API client. Without it only profiles are kept in step.':
    'Anrufe über die Call Control API hören, die am API-Client angekreuzt sein muss. Ohne sie werden nur Profile abgeglichen.',
  'Write profiles': 'Profile schreiben',
  'Let links set the profile of a user.': 'Verknüpfungen dürfen das Profil eines Benutzers setzen.',
  'Custom 1 means': 'Eigenes Profil 1 bedeutet',
  'What the first profile of the system owner’s own counts as.':
    'Als was das erste selbst angelegte Profil zählt.',
  'Custom 2 means': 'Eigenes Profil 2 bedeutet',
  'What the second profile of the system owner’s own counts as.':
    'Als was das zweite selbst angelegte Profil zählt.',
  'Read profiles every': 'Profile lesen alle',
  'Seconds. 3CX tells nobody of a change of profile. Stretched while reading takes long.':
    'Sekunden. 3CX meldet niemandem, wenn ein Profil wechselt. Dauert das Lesen lange, wird der Abstand größer.',
  'Read all calls every': 'Alle Anrufe lesen alle',
  'Seconds, in case an event was missed.': 'Sekunden, falls ein Ereignis ausblieb.',
  'Queues of 3CX': 'Warteschlangen von 3CX',
  'Logging users of a 3CX V20 out of all their queues, and in again.':
    'Benutzer einer 3CX V20 aus allen ihren Warteschlangen ab- und wieder anmelden.',
  'https://host or https://host:port of the PBX.': 'https://host oder https://host:port der Telefonanlage.',
  'DNS name of the tenant at the PBX, as behind the @ of its extensions.':
    'DNS-Name des Mandanten an der Telefonanlage, wie hinter dem @ seiner Nebenstellen.',
  'An administrator with API access. `admin@` and the domain is the tenant’s own.':
    'Ein Administrator mit API-Zugriff. `admin@` und die Domäne ist der des Mandanten.',
  'Of that user.': 'Dieses Benutzers.',
  'Stream extension': 'Nebenstelle des Stroms',
  'Extension in whose name the WebSocket is opened, for changes at once. Needs a system administrator.':
    'Nebenstelle, in deren Namen der WebSocket geöffnet wird, damit Änderungen sofort kommen. Braucht einen Systemadministrator.',
  'Action URLs': 'Action-URLs',
  '`free`: use the action URLs of the tenant that nobody uses. `replace`: take over those in use as well. `off`: leave them alone.':
    '`free`: die Action-URLs des Mandanten nehmen, die niemand benutzt. `replace`: auch benutzte übernehmen. `off`: keine anrühren.',
  'Action URL body': 'Inhalt der Action-URL',
  'What the PBX sends. Extensions named in it are read again; without any, all are.':
    'Was die Telefonanlage schickt. Darin genannte Nebenstellen werden neu gelesen; ohne solche alle.',
  Reason: 'Grund',
  'Shown at the PBX beside a do not disturb that a link has set.':
    'Wird an der Telefonanlage neben einem Nicht stören gezeigt, das eine Verknüpfung gesetzt hat.',
  'Do not disturb expires': 'Nicht stören läuft ab',
  'Let a do not disturb of ours end by itself at the PBX when it is not prolonged. False where the PBX ignores that.':
    'Ein Nicht stören von uns endet an der Telefonanlage von selbst, wenn es nicht verlängert wird. Aus, wo die Telefonanlage das nicht beachtet.',
  'Life of do not disturb': 'Dauer von Nicht stören',
  'Minutes after which it ends when it is not prolonged.':
    'Minuten, nach denen es endet, wenn es nicht verlängert wird.',
  'Shortest outside number': 'Kürzeste externe Nummer',
  'A number with so many digits is external unless it is an account of the tenant.':
    'Eine Nummer mit so vielen Ziffern ist extern, wenn sie kein Konto des Mandanten ist.',
  Poll: 'Abfrage',
  'Every extension is read this often, in seconds, while nothing else tells of changes.':
    'So oft wird jede Nebenstelle gelesen, in Sekunden, solange sonst nichts Änderungen meldet.',
  Reconcile: 'Gegenlesen',
  'The same while WebSocket or action URLs tell of changes.':
    'Dasselbe, solange WebSocket oder Action-URLs Änderungen melden.',
  'Requests per 30 s': 'Anfragen je 30 s',
  'Most requests with this user, over all tenants that share it.':
    'Höchstzahl der Anfragen mit diesem Benutzer, über alle Mandanten, die ihn teilen.',
  Secrets: 'Geheimnisse',
  'Prove deliveries: `whsec_` and base64, or any text of at least 16 characters. Several while one replaces another.':
    'Weisen Zustellungen aus: `whsec_` und base64, oder ein Text von mindestens 16 Zeichen. Mehrere, während eines ein anderes ablöst.',
  Proof: 'Nachweis',
  '`signature`: Standard Webhooks (HMAC-SHA256, with id and time). `header`: the secret itself stands in a header.':
    '`signature`: Standard Webhooks (HMAC-SHA256, mit Id und Zeit). `header`: das Geheimnis selbst steht in einem Header.',
  'Secret header': 'Header des Geheimnisses',
  'Name of that header, for `proof: header`. `Bearer` before the secret is left out.':
    'Name dieses Headers, für `proof: header`. `Bearer` vor dem Geheimnis wird weggelassen.',
  'Items at': 'Einträge bei',
  'JSON pointer to a list, where one delivery speaks of several people.':
    'JSON-Zeiger auf eine Liste, wo eine Zustellung von mehreren Personen spricht.',
  'Person at': 'Person bei',
  'JSON pointer to the address of the person: a mail address, a login, a number.':
    'JSON-Zeiger auf die Adresse der Person: eine Mailadresse, ein Anmeldename, eine Nummer.',
  'State at': 'Zustand bei',
  'JSON pointer to the word for the state.': 'JSON-Zeiger auf das Wort für den Zustand.',
  'Seconds at': 'Sekunden bei',
  'JSON pointer to how long the state lasts, in seconds. Left out there, `seconds` counts.':
    'JSON-Zeiger darauf, wie viele Sekunden der Zustand gilt. Fehlt die Angabe, zählt `seconds`.',
  'Order at': 'Reihenfolge bei',
  'JSON pointer to a time (ISO 8601, or a number) that grows with each change of a person: what is older than the last is left out.':
    'JSON-Zeiger auf eine Zeit (ISO 8601 oder eine Zahl), die mit jeder Änderung einer Person wächst: Älteres als das Letzte bleibt weg.',
  States: 'Zustände',
  'What each word means, in any letter case: a state, `end` (nothing is said any more), `signedOut`, or `ignore`. Left out, the words are available, away, beRightBack, busy, inACall, inAMeeting, doNotDisturb, offline, end and signedOut.':
    'Was jedes Wort bedeutet, groß oder klein geschrieben: ein Zustand, `end` (es wird nichts mehr gesagt), `signedOut` oder `ignore`. Ohne Angabe sind die Wörter available, away, beRightBack, busy, inACall, inAMeeting, doNotDisturb, offline, end und signedOut.',
  Seconds: 'Sekunden',
  'How long a state lasts that comes without a time, unless it is said again.':
    'Wie lange ein Zustand gilt, der ohne Dauer kommt und nicht wiederholt wird.',
  Longest: 'Längstens',
  'No state lasts longer than this, in seconds, whatever is asked for.':
    'Länger als so viele Sekunden gilt kein Zustand, was auch gewünscht wird.',
  'Wrap-up': 'Nachbearbeitung',
  'Work after a call: follows when a state ends or runs out, and gives way to the next state.':
    'Arbeit nach einem Anruf: folgt, wenn ein Zustand endet oder abläuft, und weicht dem nächsten.',
  After: 'Nach',
  'States that it follows.': 'Zustände, denen sie folgt.',
  State: 'Zustand',
  'What is said during wrap-up.': 'Was während der Nachbearbeitung gesagt wird.',
  'How long it lasts.': 'Wie lange sie dauert.',
  Target: 'Ziel',
  'Where links write to: gets a signed POST for each state to show or to take back.':
    'Wohin Verknüpfungen schreiben: bekommt einen signierten POST für jeden Zustand, der zu zeigen oder zurückzunehmen ist.',
  'Target secrets': 'Geheimnisse des Ziels',
  'Sign what is sent to the target (Standard Webhooks), each with a signature of its own; needed with `targetUrl`.':
    'Signieren, was ans Ziel geht (Standard Webhooks), jedes mit eigener Signatur; nötig mit `targetUrl`.',
  'Target states': 'Zustände des Ziels',
  'States that the target can show.': 'Zustände, die das Ziel zeigen kann.',
  'Target life': 'Dauer am Ziel',
  'Seconds after which the target drops what it was told, unless it is told again (`expiresAt`). 0: it keeps it until it is taken back.':
    'Sekunden, nach denen das Ziel Gesagtes fallen lässt, wenn es nicht wiederholt wird (`expiresAt`). 0: es behält es, bis es zurückgenommen wird.',
  Salesforce: 'Salesforce',
  'Presence of agents in Salesforce Omni-Channel.': 'Präsenz von Agenten in Salesforce Omni-Channel.',
  'Of your organisation (My Domain), for example https://contoso.my.salesforce.com; https://test.salesforce.com for a sandbox.':
    'Ihrer Organisation (My Domain), zum Beispiel https://contoso.my.salesforce.com; https://test.salesforce.com für eine Sandbox.',
  'Consumer key': 'Consumer Key',
  'Of the external client app made for the hub.': 'Der für den Hub angelegten External Client App.',
  'Of the integration user, for the sign-in with a certificate (JWT bearer).':
    'Des Integrationsbenutzers, für die Anmeldung mit Zertifikat (JWT Bearer).',
  'PEM, of the certificate uploaded to the app (JWT bearer).':
    'PEM, des Zertifikats, das bei der App hochgeladen ist (JWT Bearer).',
  'Consumer secret': 'Consumer Secret',
  'Of the app, for the sign-in with a refresh token.':
    'Der App, für die Anmeldung mit einem Token zum Erneuern.',
  'Refresh token': 'Token zum Erneuern',
  'Of the integration user. Signing in in the browser gives it: on the page of the connector in the portal, or "hookswitch connectors sign-in".':
    'Des Integrationsbenutzers. Die Anmeldung im Browser gibt es: auf der Seite des Konnektors im Portal, oder mit „hookswitch connectors sign-in“.',
  'Address of the Pub/Sub API': 'Adresse der Pub/Sub API',
  'In the European Union also https://api.deu.pubsub.salesforce.com:7443.':
    'In der Europäischen Union auch https://api.deu.pubsub.salesforce.com:7443.',
  'Version of the REST API': 'Version der REST API',
  '62.0 or later: before, presence had no change events.':
    '62.0 oder später: vorher hatte Präsenz keine Änderungsereignisse.',
  'Channel of change events': 'Kanal der Änderungsereignisse',
  'Another one where you have made a custom channel, such as /data/Presence__chn.':
    'Ein anderer, wo Sie einen eigenen Kanal angelegt haben, etwa /data/Presence__chn.',
  Statuses: 'Status',
  'What your presence statuses mean. Those not named here are taken by their words.':
    'Was Ihre Präsenzstatus bedeuten. Hier nicht genannte werden nach ihren Wörtern genommen.',
  Status: 'Status',
  'Developer name or label of a presence status.': 'Entwicklername oder Bezeichnung eines Präsenzstatus.',
  Means: 'Bedeutet',
  'What the status counts as.': 'Als was der Status zählt.',
  'What is shown beside the state as its reason. Left out, the label of the status where it says more than the state; empty for none.':
    'Was neben dem Zustand als Grund gezeigt wird. Ohne Angabe die Bezeichnung des Status, wo sie mehr sagt als der Zustand; leer für keinen.',
  Write: 'Schreiben',
  'Whether links may set it. Of several that mean the same, the first is written.':
    'Ob Verknüpfungen ihn setzen dürfen. Von mehreren, die dasselbe bedeuten, wird der erste geschrieben.',
  'Write statuses': 'Status schreiben',
  'Let links set the status of an agent whose console is open. Needs the package in salesforce/.':
    'Verknüpfungen dürfen den Status eines Agenten setzen, dessen Konsole offen ist. Braucht das Paket in salesforce/.',
  'Logout after': 'Abgemeldet nach',
  'A change of status ends one and begins another; so long without another, the agent has signed out.':
    'Ein Wechsel beendet einen Status und beginnt den nächsten; so lange ohne nächsten hat sich der Agent abgemeldet.',
  'Wait for the console': 'Auf die Konsole warten',
  "How long the agent's console may take to carry out a change.":
    'Wie lange die Konsole des Agenten für eine Änderung brauchen darf.',
  'Read everyone every': 'Alle lesen alle',
  'https://host of the API, without `/ns-api`. The portal may be at another host.':
    'https://host der API, ohne `/ns-api`. Das Portal kann an einem anderen Host sein.',
  'Name of the domain at the platform, as behind the @ of its users.':
    'Name der Domäne auf der Plattform, wie hinter dem @ ihrer Benutzer.',
  'Sign-in': 'Anmeldung',
  '`apiKey`: a key (the best way). `token`: access tokens for client, user and password. `jwt`: the same with JSON Web Tokens.':
    '`apiKey`: ein Schlüssel (am besten). `token`: Zugriffstoken für Client, Benutzer und Passwort. `jwt`: dasselbe mit JSON Web Tokens.',
  'Begins with nsd_, nsr_ or nss_; for `signIn: apiKey`.':
    'Beginnt mit nsd_, nsr_ oder nss_; für `signIn: apiKey`.',
  'Of the API client; for `token` and `jwt`.': 'Des API-Clients; für `token` und `jwt`.',
  'Login of an office manager of the domain, or above; for `token` and `jwt`.':
    'Anmeldename eines Office Managers der Domäne oder darüber; für `token` und `jwt`.',
  'Of that user; for `token` and `jwt`.': 'Dieses Benutzers; für `token` und `jwt`.',
  'Event subscriptions': 'Abonnements von Ereignissen',
  'Let the platform post calls and presence to the hub; needs `http.publicUrl`. Polled without.':
    'Die Plattform schickt Anrufe und Präsenz an den Hub; braucht `http.publicUrl`. Ohne wird abgefragt.',
  'Let links set and clear do not disturb in the active answer rule.':
    'Verknüpfungen dürfen Nicht stören in der geltenden Antwortregel setzen und löschen.',
  'Do not disturb by': 'Nicht stören über',
  '`answer-rule`: by the answer rule in force, over the API. `as-feature-event`: by SIP, as ConnecttoTeams does (NS-As-Feature-Event); needs `sip`.':
    '`answer-rule`: über die geltende Antwortregel, mit der API. `as-feature-event`: über SIP, wie ConnecttoTeams (NS-As-Feature-Event); braucht `sip`.',
  'SIP account': 'SIP-Konto',
  'A device of the platform for the hub: { server, username, password }. For as-feature-event.':
    'Ein Gerät der Plattform für den Hub: { server, username, password }. Für as-feature-event.',
  'Host and port of the SIP server; the port may be left out.':
    'Host und Port des SIP-Servers; der Port kann fehlen.',
  'Of a device made for the hub, for example 9000.':
    'Eines für den Hub angelegten Geräts, zum Beispiel 9000.',
  'SIP password of that device.': 'SIP-Passwort dieses Geräts.',
  'Register the device first, as a phone does.': 'Das Gerät erst registrieren, wie ein Telefon es tut.',
  'User whose do not disturb the trial connection looks at.':
    'Benutzer, dessen Nicht stören sich die Probeverbindung ansieht.',
  'File with PEM certificates to trust for tls, not those of the system.':
    'Datei mit PEM-Zertifikaten, denen bei tls vertraut wird, statt denen des Systems.',
  'Longest pause': 'Längste Ruhe',
  'Minutes after which a do not disturb that a link has set is taken back although its cause lasts, until the cause begins anew. 0: as long as the cause lasts.':
    'Minuten, nach denen ein von einer Verknüpfung gesetztes Nicht stören zurückgenommen wird, obwohl sein Grund andauert, bis er neu beginnt. 0: so lange, wie der Grund andauert.',
  'Calls and presence of the domain are read this often, in seconds, while no events come.':
    'So oft werden Anrufe und Präsenz der Domäne gelesen, in Sekunden, solange keine Ereignisse kommen.',
  'The same while events come; devices are read this often in any case.':
    'Dasselbe, solange Ereignisse kommen; Geräte werden in jedem Fall so oft gelesen.',
  'Answer rules': 'Antwortregeln',
  'The answer rules of everybody are read once in so many seconds.':
    'Die Antwortregeln aller werden einmal in so vielen Sekunden gelesen.',
  'Most requests with this key or user, over all domains that share it.':
    'Höchstzahl der Anfragen mit diesem Schlüssel oder Benutzer, über alle Domänen, die ihn teilen.',
  Agents: 'Agenten',
  'Programs that may connect: one for a site, or one for each desktop.':
    'Programme, die sich verbinden dürfen: eines für einen Standort, oder eines je Arbeitsplatz.',
  Name: 'Name',
  'What the agent calls itself when it connects.': 'Wie sich der Agent beim Verbinden nennt.',
  Token: 'Token',
  'What the agent signs in with: at least 20 characters, of its own, not a word.':
    'Womit sich der Agent anmeldet: mindestens 20 Zeichen, nur für ihn, kein Wort.',
  Addresses: 'Adressen',
  'Whom it may speak for: extensions or names, `10*` for all that begin so, `*` for all.':
    'Für wen er sprechen darf: Nebenstellen oder Namen, `10*` für alle, die so beginnen, `*` für alle.',
  'May be written to': 'Darf beschrieben werden',
  'Whether the hub hands it what is to be set at its addresses.':
    'Ob der Hub ihm übergibt, was an seinen Adressen zu setzen ist.',
  'What is written': 'Was geschrieben wird',
  '`dnd`: do not disturb of a phone. `presence`: a state of a program that has several. `nothing`: agents are only listened to.':
    '`dnd`: Nicht stören eines Telefons. `presence`: ein Zustand eines Programms, das mehrere hat. `nothing`: Agenten wird nur zugehört.',
  'States written': 'Geschriebene Zustände',
  'With `writes: presence`: what agents can set. Without available/available a state of ours is only taken back; with it, Available is set over what a person picked there, too.':
    'Mit `writes: presence`: was Agenten setzen können. Ohne available/available wird ein Zustand von uns nur zurückgenommen; damit wird Verfügbar auch über das gesetzt, was eine Person dort gewählt hat.',
  Heartbeat: 'Herzschlag',
  'Agents say that often that they are there, in seconds; silent for three of them, one is lost.':
    'So oft sagen Agenten, dass sie da sind, in Sekunden; wer dreimal schweigt, gilt als verloren.',
  Patience: 'Geduld',
  'Seconds until a write that an agent has not answered counts as failed.':
    'Sekunden, bis ein vom Agenten nicht beantwortetes Schreiben als gescheitert gilt.',
  'Of the Webex REST API, with its version.': 'Der Webex REST API, mit ihrer Version.',
  Organization: 'Organisation',
  'Id of the organization, where the Service App belongs to a partner who manages it.':
    'Id der Organisation, wo die Service App einem Partner gehört, der sie verwaltet.',
  'Client id': 'Client-Id',
  'Of the Service App.': 'Der Service App.',
  'Of the Service App for this organization, as developer.webex.com shows it after the authorization.':
    'Der Service App für diese Organisation, wie developer.webex.com es nach der Freigabe zeigt.',
  'Most requests with this Service App, over all tenants that share it.':
    'Höchstzahl der Anfragen mit dieser Service App, über alle Mandanten, die sie teilen.',
  Integration: 'Integration',
  'Client id of an integration to which people consent, so that Webex tells of their calls at once.':
    'Client-Id einer Integration, der Personen zustimmen, damit Webex ihre Anrufe sofort meldet.',
  'Integration secret': 'Geheimnis der Integration',
  'Client secret of that integration.': 'Geheimer Clientschlüssel dieser Integration.',
  'Let links set and clear do not disturb of people.':
    'Verknüpfungen dürfen Nicht stören von Personen setzen und löschen.',
  'Poll calls': 'Anrufe abfragen',
  'Calls of everybody of whom no webhook tells are read this often, in seconds.':
    'So oft werden Anrufe aller gelesen, von denen kein Webhook erzählt, in Sekunden.',
  'Poll do not disturb': 'Nicht stören abfragen',
  'Do not disturb is read this often, in seconds: Webex tells nobody of a change.':
    'So oft wird Nicht stören gelesen, in Sekunden: Webex meldet Änderungen niemandem.',
  'Calls of people with a webhook are read this often as well, in seconds.':
    'So oft werden auch Anrufe von Personen mit Webhook gelesen, in Sekunden.',
  'Webex app': 'Webex-App',
  'What the Webex app shows of people, read only.': 'Was die Webex-App von Personen zeigt; wird nur gelesen.',
  'Everybody is read this often, in seconds; Webex discourages more.':
    'So oft werden alle gelesen, in Sekunden; von mehr rät Webex ab.',
  'Of the PBX: https://host:8088 for the Appliance and Software Edition, https://host for the Cloud Edition.':
    'Der Telefonanlage: https://host:8088 für Appliance und Software Edition, https://host für die Cloud Edition.',
  'As shown at Integrations > API of the PBX.': 'Wie unter Integrationen > API der Telefonanlage gezeigt.',
  'Client Secret': 'Client Secret',
  'As shown beside the Client ID.': 'Wie neben der Client-Id gezeigt.',
  Events: 'Ereignisse',
  '`websocket`: the hub opens a WebSocket at the PBX. `webhook`: the PBX sends events to the callback address of this connector, which needs `webhookSecret`.':
    '`websocket`: der Hub öffnet einen WebSocket an der Telefonanlage. `webhook`: die Telefonanlage schickt Ereignisse an die Rückrufadresse dieses Konnektors; das braucht `webhookSecret`.',
  'Webhook secret': 'Geheimnis des Webhooks',
  'Made by the PBX for the webhook of this hub at Integrations > API > Webhook Event Push.':
    'Von der Telefonanlage für den Webhook dieses Hubs gemacht, unter Integrationen > API > Webhook Event Push.',
  'Write presence': 'Präsenz schreiben',
  'Let links set the presence of an extension.': 'Verknüpfungen dürfen die Präsenz einer Nebenstelle setzen.',
  'Read everything every': 'Alles lesen alle',
}
