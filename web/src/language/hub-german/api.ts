import type { HubSentences } from '../hub-translator.ts'

/** What the API refuses, signing in and the configuration (src/http, src/access, src/apps/config). */
export const apiSentences: HubSentences = {
  'There is no such account.': 'Dieses Konto gibt es nicht.',
  'There are several tenants: say which, with ?tenant=.':
    'Es gibt mehrere Mandanten: sagen Sie mit ?tenant=, welcher.',
  'There are several tenants: say which.': 'Es gibt mehrere Mandanten: sagen Sie, welcher.',
  'Send a token with the header Authorization: Bearer ....':
    'Schicken Sie ein Token im Header Authorization: Bearer ....',
  'This token is not known here. Compare it with http.tokens of the configuration; one that was made in the portal may be revoked or expired.':
    'Dieses Token ist hier nicht bekannt. Vergleichen Sie es mit http.tokens der Konfiguration; eines aus dem Portal kann widerrufen oder abgelaufen sein.',
  'This is for people who signed in.': 'Das ist für Personen, die sich angemeldet haben.',
  'The account "{name}" may not do this.': 'Das Konto „{name}“ darf das nicht.',
  'The token "{name}" {lacks}.': 'Das Token „{name}“ {lacks}.',
  'reaches only some tenants, or has not the scope {scope}':
    'erreicht nur einige Mandanten oder hat den Bereich {scope} nicht',
  'has not the scope {scope}, which this needs': 'hat den Bereich {scope} nicht, den das braucht',
  'If-Match names one version, as ETag of GET /config has it: "7".':
    'If-Match nennt eine Version, wie ETag von GET /config sie hat: "7".',
  'Send either yaml (a text) or config (an object).':
    'Schicken Sie entweder yaml (einen Text) oder config (ein Objekt).',
  'There is no version {version}.': 'Die Version {version} gibt es nicht.',
  'Name the version that this changes: If-Match with the ETag of GET /config.':
    'Nennen Sie die Version, die das ändert: If-Match mit dem ETag von GET /config.',
  'There is no tenant "{tenant}".': 'Den Mandanten „{tenant}“ gibt es nicht.',
  'There is no such tenant.': 'Diesen Mandanten gibt es nicht.',
  'Ask for a stretch of at most 25 hours, its beginning first.':
    'Fragen Sie nach höchstens 25 Stunden, den Anfang zuerst.',
  'Sign in, or send a token with the header Authorization: Bearer ....':
    'Melden Sie sich an, oder schicken Sie ein Token im Header Authorization: Bearer ....',
  'The hub that has this tenant does not answer now. Ask again in a moment.':
    'Der Hub, der diesen Mandanten hat, antwortet gerade nicht. Fragen Sie gleich noch einmal.',
  '{number} event streams are open; no more are served.':
    '{number} Ereignisströme sind offen; mehr werden nicht bedient.',
  'There is no version {version} of the rules.': 'Die Version {version} der Regeln gibt es nicht.',
  'Nothing is delivered at this address.': 'An dieser Adresse wird nichts angenommen.',
  'There is no connector "{connector}" in a tenant "{tenant}".':
    'Den Konnektor „{connector}“ gibt es in einem Mandanten „{tenant}“ nicht.',
  'The lab has no such address.': 'Das Labor kennt diese Adresse nicht.',
  'The lab does not answer. Is it still running?': 'Das Labor antwortet nicht. Läuft es noch?',
  'The lab answered with something that is not JSON.': 'Das Labor hat etwas geantwortet, das kein JSON ist.',
  'Send JSON with the header Content-Type: application/json.':
    'Schicken Sie JSON mit dem Header Content-Type: application/json.',
  'Nobody signs in over a network without TLS. Set http.publicUrl to an https address.':
    'Über ein Netz ohne TLS meldet sich niemand an. Setzen Sie http.publicUrl auf eine https-Adresse.',
  'Set http.publicUrl to the address under which browsers reach this hub.':
    'Setzen Sie http.publicUrl auf die Adresse, unter der Browser diesen Hub erreichen.',
  'There are no such words any more.': 'Diese Worte gibt es nicht mehr.',
  'Without API tokens the hub answers requests for 127.0.0.1, ::1 and localhost only. To reach it by another name or through a proxy, configure http.tokens.':
    'Ohne API-Token beantwortet der Hub nur Anfragen an 127.0.0.1, ::1 und localhost. Um ihn unter anderem Namen oder durch einen Proxy zu erreichen, tragen Sie http.tokens ein.',
  'The request came from the page of another site.': 'Die Anfrage kam von der Seite einer anderen Site.',
  'Ask an operator.': 'Fragen Sie, wer den Hub betreibt.',
  'The configuration comes from a file that the operators of this hub keep. Ask them for the change.':
    'Die Konfiguration kommt aus einer Datei, die die Betreiber dieses Hubs führen. Bitten Sie sie um die Änderung.',
  'The hub could not take it over. Ask an operator: its log says why.':
    'Der Hub konnte es nicht übernehmen. Fragen Sie, wer ihn betreibt: sein Protokoll sagt, warum.',
  'This cannot be saved.': 'Das lässt sich nicht speichern.',
  'does not fit a part of this hub that only its operators see':
    'passt nicht zu einem Teil dieses Hubs, den nur seine Betreiber sehen',
  'A password is not taken over a network without TLS. Put a proxy with a certificate in front, and set http.publicUrl to its https address.':
    'Über ein Netz ohne TLS wird kein Passwort angenommen. Stellen Sie einen Proxy mit Zertifikat davor, und setzen Sie http.publicUrl auf seine https-Adresse.',
  'Several people are at {address}; pause each by UPN.':
    'An {address} sind mehrere Personen; pausieren Sie jede über ihren UPN.',
  'There is no link of this id. Links are named "FROM to TO".':
    'Eine Verknüpfung mit dieser Id gibt es nicht. Verknüpfungen heißen „VON to NACH“.',
  'The pause would end before it begins.': 'Die Pause würde enden, bevor sie beginnt.',
  'The pause could not be stored. Try again; the log of the hub says more.':
    'Die Pause war nicht zu speichern. Versuchen Sie es wieder; das Protokoll des Hubs sagt mehr.',
  'Say only one of minutes, until and endOfDay.': 'Sagen Sie nur eines von minutes, until und endOfDay.',
  'No person has the id or UPN "{key}".': 'Niemand hat die Id oder den UPN „{key}“.',
  '"{text}" is no moment: write 2026-11-20T09:30:00Z, or milliseconds since 1970.':
    '„{text}“ ist kein Zeitpunkt: schreiben Sie 2026-11-20T09:30:00Z oder Millisekunden seit 1970.',
  'This hub keeps no metrics.': 'Dieser Hub führt keine Messwerte.',
  'The request is not valid': 'Die Anfrage ist nicht gültig',
  'An API token is needed': 'Ein API-Token ist nötig',
  'This is not allowed': 'Das ist nicht erlaubt',
  'Not found': 'Nicht gefunden',
  'The method is not allowed here': 'Diese Methode ist hier nicht erlaubt',
  'No acceptable form': 'Keine annehmbare Form',
  'The request took too long': 'Die Anfrage hat zu lange gedauert',
  'Not in this state': 'Nicht in diesem Zustand',
  'Another version is in force': 'Eine andere Version ist in Kraft',
  'The request is too large': 'Die Anfrage ist zu groß',
  'The address is too long': 'Die Adresse ist zu lang',
  'The media type is not supported': 'Dieser Medientyp wird nicht angenommen',
  'The configuration is not right': 'Die Konfiguration stimmt nicht',
  'Say which version this changes': 'Sagen Sie, welche Version das ändert',
  'The header fields are too large': 'Die Header sind zu groß',
  'Something went wrong in the hub': 'Im Hub ist etwas schiefgegangen',
  'The lab did not answer': 'Das Labor hat nicht geantwortet',
  'Not available at the moment': 'Im Augenblick nicht verfügbar',
  'The body is too large: 64 kB, or 1 MB for a configuration, are taken.':
    'Der Inhalt ist zu groß: angenommen werden 64 kB, bei einer Konfiguration 1 MB.',
  'The body is empty, but JSON was announced.': 'Der Inhalt ist leer, angekündigt war JSON.',
  'The body is not valid JSON.': 'Der Inhalt ist kein gültiges JSON.',
  'The body has not the announced length.': 'Der Inhalt hat nicht die angekündigte Länge.',
  'A part of the address is too long.': 'Ein Teil der Adresse ist zu lang.',
  'The address is not a valid URL.': 'Die Adresse ist keine gültige URL.',
  'must be one of {allowed}': 'muss eines von {allowed} sein',
  'is not valid': 'ist nicht gültig',
  'The request could not be understood.': 'Die Anfrage war nicht zu verstehen.',
  'No connector has the id "{id}".': 'Kein Konnektor hat die Id „{id}“.',
  '{method} is not possible here, only {allowed}.': '{method} ist hier nicht möglich, nur {allowed}.',
  'The person is kept in step over no such link.':
    'Über eine solche Verknüpfung wird die Person nicht abgeglichen.',
  'This tenant leaves it to its rules how calls are shown (selfService.callsAs).':
    'In diesem Mandanten entscheiden die Regeln, wie Anrufe gezeigt werden (selfService.callsAs).',
  'This could not be stored. Try again; the log of the hub says more.':
    'Das war nicht zu speichern. Versuchen Sie es wieder; das Protokoll des Hubs sagt mehr.',
  'The address cannot be read.': 'Die Adresse ist nicht zu lesen.',
  'There is nothing here. The API is at {prefix}/openapi.json.':
    'Hier ist nichts. Die API ist unter {prefix}/openapi.json beschrieben.',
  '"{source}" says nothing of this person.': '„{source}“ sagt nichts über diese Person.',
  'There is no such token.': 'Dieses Token gibt es nicht.',
  'There is no webhook "{id}" of the tenant "{tenant}".':
    'Den Webhook „{id}“ des Mandanten „{tenant}“ gibt es nicht.',
  'Give at least one right, or delete the account.':
    'Geben Sie mindestens ein Recht, oder löschen Sie das Konto.',
  'Only an operator makes operators.': 'Betreiber macht nur, wer selbst einer ist.',
  'This is for the operators of the hub.': 'Das ist für die Betreiber des Hubs.',
  'Name the tenants that the token reaches: only operators make others.':
    'Nennen Sie die Mandanten, die das Token erreicht: andere machen nur Betreiber.',
  'This hub is set up already. Sign in.': 'Dieser Hub ist schon eingerichtet. Melden Sie sich an.',
  'This set-up link is not valid any more. Restart the hub: its console shows a new one.':
    'Dieser Link zum Einrichten gilt nicht mehr. Starten Sie den Hub neu: seine Konsole zeigt einen neuen.',
  'This name is taken.': 'Dieser Name ist vergeben.',
  'Name or password is wrong.': 'Name oder Passwort ist falsch.',
  'This is the last operator who can sign in. Make somebody else one first, who has chosen a password.':
    'Das ist der letzte Betreiber, der sich anmelden kann. Machen Sie erst jemand anderen dazu, der ein Passwort gewählt hat.',
  'The first account is made with the set-up link.': 'Das erste Konto entsteht mit dem Link zum Einrichten.',
  'This link is not valid any more. Ask for a new one.':
    'Dieser Link gilt nicht mehr. Bitten Sie um einen neuen.',
  'This account has no password here. Change it where you sign in.':
    'Dieses Konto hat hier kein Passwort. Ändern Sie es dort, wo Sie sich anmelden.',
  'The present password is wrong.': 'Das jetzige Passwort ist falsch.',
  '{name} signs in at the provider {provider}: its rules (signIn.providers) say what they may do. Here they can be signed out.':
    '{name} meldet sich beim Anbieter {provider} an: dessen Regeln (signIn.providers) sagen, was erlaubt ist. Hier kann man sie abmelden.',
  'Too many wrong tries. Wait {seconds} s.': 'Zu viele falsche Versuche. Warten Sie {seconds} s.',
  'A password has at least {number} characters.': 'Ein Passwort hat mindestens {number} Zeichen.',
  'A password has at most {number} characters.': 'Ein Passwort hat höchstens {number} Zeichen.',
  'The password must not contain the name.': 'Das Passwort darf den Namen nicht enthalten.',
  'The password repeats the same few characters.': 'Das Passwort wiederholt dieselben wenigen Zeichen.',
  '{provider} knows you as {name}, but nobody of the people of {tenant} has the address {address}. An administrator of the hub can add you.':
    '{provider} kennt Sie als {name}, aber niemand von den Personen von {tenant} hat die Adresse {address}. Die Administration des Hubs kann Sie hinzufügen.',
  '{who} {why}. An administrator of the hub can add you.':
    '{who} {why}. Die Administration des Hubs kann Sie hinzufügen.',
  '{who} gave none of the claims that let somebody in here: {claims}. Whoever administers {title} can set one.{groups}':
    '{who} hat keinen der Ansprüche genannt, mit denen man hier eingelassen wird: {claims}. Wer {title} verwaltet, kann einen setzen.{groups}',
  '{title} did not let you in, or you declined. Try again, or ask who administers it.':
    '{title} hat Sie nicht eingelassen, oder Sie haben abgelehnt. Versuchen Sie es wieder, oder fragen Sie, wer es verwaltet.',
  '{title} is not available at the moment. Try again later.':
    '{title} ist im Augenblick nicht erreichbar. Versuchen Sie es später wieder.',
  '{title} had a fault of its own. Try again later.':
    '{title} hatte selbst einen Fehler. Versuchen Sie es später wieder.',
  '{title} asks for a consent that an administrator must give.':
    '{title} verlangt eine Zustimmung, die eine Administratorin geben muss.',
  '{title} does not know a scope of scopes in signIn.providers.':
    '{title} kennt einen Bereich aus scopes in signIn.providers nicht.',
  'This sign-in was used already or is too old. Sign in again.':
    'Diese Anmeldung ist verbraucht oder zu alt. Melden Sie sich neu an.',
  '{title} does not accept the hub’s client id or secret. Correct clientId and clientSecret in signIn.providers.':
    '{title} nimmt Client-Id oder Schlüssel des Hubs nicht an. Berichtigen Sie clientId und clientSecret in signIn.providers.',
  '{title} does not let the hub sign people in by code. Allow it at the app registration.':
    '{title} lässt den Hub niemanden mit Code anmelden. Erlauben Sie es in der App-Registrierung.',
  'The times in the answer of {title} do not fit. Set the clocks of the hub and of {same} right.':
    'Die Zeiten in der Antwort von {title} passen nicht. Stellen Sie die Uhren des Hubs und von {same} richtig.',
  'The answer of {title} was made for another sign-in or another hub. Sign in again.':
    'Die Antwort von {title} war für eine andere Anmeldung oder einen anderen Hub. Melden Sie sich neu an.',
  '{title} says that it is another issuer than the configuration has. Correct issuer in signIn.providers, letter by letter.':
    '{title} nennt sich anders, als es in der Konfiguration steht. Berichtigen Sie issuer in signIn.providers, Zeichen für Zeichen.',
  'The answer of {title} is signed with a key that it does not publish.':
    'Die Antwort von {title} ist mit einem Schlüssel signiert, den es nicht veröffentlicht.',
  'The answer does not belong to this sign-in at {title}. Sign in again.':
    'Die Antwort gehört nicht zu dieser Anmeldung bei {title}. Melden Sie sich neu an.',
  '{title} cannot be reached from the hub. Try again later.':
    '{title} ist vom Hub aus nicht zu erreichen. Versuchen Sie es später wieder.',
  'The sign-in at {title} failed ({code}). The log of the hub says more.':
    'Die Anmeldung bei {title} ist gescheitert ({code}). Das Protokoll des Hubs sagt mehr.',
  'There is no such provider here. Choose one of the sign-in page.':
    'Diesen Anbieter gibt es hier nicht. Wählen Sie einen von der Anmeldeseite.',
  'The sign-in took more than ten minutes. Sign in again.':
    'Die Anmeldung hat länger als zehn Minuten gedauert. Melden Sie sich neu an.',
  'This sign-in was not begun in this browser, or has ended already. Sign in again, at the address {address}.':
    'Diese Anmeldung wurde nicht in diesem Browser begonnen oder ist schon zu Ende. Melden Sie sich neu an, unter der Adresse {address}.',
  '{title} publishes no keys.': '{title} veröffentlicht keine Schlüssel.',
  'The logout token is not valid: {reason}': 'Das Token zum Abmelden ist nicht gültig: {reason}',
  'The configuration comes from the file {file}. Change it there and send the hub a SIGHUP, or start it without --config.':
    'Die Konfiguration kommt aus der Datei {file}. Ändern Sie sie dort und schicken Sie dem Hub ein SIGHUP, oder starten Sie ihn ohne --config.',
  'The configuration comes from the file {file}. {todo}':
    'Die Konfiguration kommt aus der Datei {file}. {todo}',
  'Sign in with "hookswitch connectors sign-in CONNECTOR" on this machine, and write what it prints into the file.':
    'Melden Sie sich auf diesem Rechner mit „hookswitch connectors sign-in KONNEKTOR“ an, und schreiben Sie in die Datei, was es ausgibt.',
  'The sign-in ended without a code{reason}. Begin again, and agree to what is asked.':
    'Die Anmeldung endete ohne Code{reason}. Beginnen Sie neu, und stimmen Sie dem zu, was gefragt wird.',
  'Take it out; the folder is named at the start with --data.':
    'Nehmen Sie es heraus; den Ordner nennt --data beim Start.',
  'Write the configuration into a file at every node: hookswitch config export shows it.':
    'Schreiben Sie die Konfiguration an jedem Knoten in eine Datei: hookswitch config export zeigt sie.',
  'Version {now} is in force, not {wished}. Read it and make the change there.':
    'In Kraft ist die Version {now}, nicht {wished}. Lesen Sie sie und ändern Sie dort.',
  'The hub could not take it over: {reason}': 'Der Hub konnte es nicht übernehmen: {reason}',
  'One thing is wrong in this configuration.': 'Eines stimmt in dieser Konfiguration nicht.',
  '{number} things are wrong in this configuration.': '{number} Dinge stimmen in dieser Konfiguration nicht.',
  '{count} wrong in this configuration.': '{count} in dieser Konfiguration falsch.',
}
