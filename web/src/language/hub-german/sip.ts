import type { HubSentences } from '../hub-translator.ts'

/** What a trial of a SIP account finds, how its subscriptions are doing, and what becomes of a write. */
export const sipSentences: HubSentences = {
  'SIP busy lamps': 'SIP-Besetztlampen',
  '{server} answers over {transport}.': '{server} antwortet über {transport}.',
  '{server} answers over {transport} and "{user}" is registered.':
    '{server} antwortet über {transport}, und „{user}“ ist angemeldet.',
  'Extension {extension} can be watched ({event}).':
    'Die Nebenstelle {extension} lässt sich beobachten ({event}).',
  'Watching an extension was not tried ({event}): "{user}" is none itself ({why}).':
    'Das Beobachten einer Nebenstelle wurde nicht probiert ({event}): „{user}“ ist selbst keine ({why}).',
  'Set probe to an extension of a person to have it tried.':
    'Setzen Sie probe auf die Nebenstelle einer Person, damit es probiert wird.',
  'The server does not know the event package {event} (489 Bad Event).':
    'Der Server kennt das Event Package {event} nicht (489 Bad Event).',
  'Extension {extension} cannot be watched ({event}): {why}.':
    'Die Nebenstelle {extension} lässt sich nicht beobachten ({event}): {why}.',
  '{fix} If {extension} is no phone, set probe to an extension of a person.':
    '{fix} Ist {extension} kein Telefon, setzen Sie probe auf die Nebenstelle einer Person.',
  'Watching extension {extension} ({event}) failed.':
    'Das Beobachten der Nebenstelle {extension} ({event}) misslang.',
  'Watching extension {extension} ({event}) failed: {why}.':
    'Das Beobachten der Nebenstelle {extension} ({event}) misslang: {why}.',
  'Look in the log of the PBX why it ends the subscription.':
    'Sehen Sie im Protokoll der Telefonanlage nach, warum sie das Abonnement beendet.',
  'Set server or domain to a name of the certificate, or give the PBX a certificate for "{domain}".':
    'Setzen Sie server oder domain auf einen Namen des Zertifikats, oder geben Sie der Telefonanlage ein Zertifikat für „{domain}“.',
  'Renew the certificate of the PBX, or name the file of its authority in caFile.':
    'Erneuern Sie das Zertifikat der Telefonanlage, oder nennen Sie die Datei seiner Zertifizierungsstelle in caFile.',
  'The certificate of {server} {fault}.': 'Das Zertifikat von {server} {fault}.',
  'is not valid yet': 'ist noch nicht gültig',
  'is signed by nobody but itself': 'ist nur von sich selbst unterschrieben',
  'was made for another name': 'ist für einen anderen Namen ausgestellt',
  'comes from an authority that is not trusted': 'kommt von einer Stelle, der nicht vertraut wird',
  'The file {file} in caFile cannot be read.': 'Die Datei {file} in caFile ist nicht zu lesen.',
  'Correct caFile, and let the user that runs the hub read it.':
    'Berichtigen Sie caFile, und lassen Sie den Benutzer, unter dem der Hub läuft, die Datei lesen.',
  '{server} does not speak TLS.': '{server} spricht kein TLS.',
  'Correct the port, or set transport to tcp or udp.':
    'Berichtigen Sie den Port, oder setzen Sie transport auf tcp oder udp.',
  'Cannot reach {server}: {reason}.': '{server} ist nicht zu erreichen: {reason}.',
  'its name cannot be looked up now': 'sein Name lässt sich gerade nicht auflösen',
  'nothing listens there': 'dort lauscht nichts',
  'the connection was reset': 'die Verbindung wurde zurückgesetzt',
  'there is no way to that host': 'es gibt keinen Weg zu diesem Rechner',
  'there is no way to that network': 'es gibt keinen Weg in dieses Netz',
  'there is no such host name': 'diesen Rechnernamen gibt es nicht',
  'it does not answer': 'er antwortet nicht',
  'The connection to {server} failed.': 'Die Verbindung zu {server} ist gescheitert.',
  'Check server, transport, the firewall, and that SIP runs there.':
    'Prüfen Sie server, transport, die Firewall, und dass dort SIP läuft.',
  'Look at the log for the cause.': 'Sehen Sie im Protokoll nach der Ursache.',
  'The server answered {status} and asks for a kind of proof that is not supported.':
    'Der Server hat {status} geantwortet und verlangt einen Nachweis, der nicht unterstützt wird.',
  'Let the server offer digest authentication with MD5 or SHA-256 and qop "auth" (or none).':
    'Lassen Sie den Server Digest-Authentifizierung mit MD5 oder SHA-256 und qop „auth“ (oder ohne) anbieten.',
  'The server refused user name "{user}" in realm "{realm}": wrong password, or no such user.':
    'Der Server hat den Benutzernamen „{user}“ im Realm „{realm}“ abgelehnt: falsches Passwort, oder kein solcher Benutzer.',
  'Correct username and password of this connector; they are those of a SIP account at the PBX.':
    'Berichtigen Sie username und password dieses Konnektors; es sind die Zugangsdaten eines SIP-Kontos der Telefonanlage.',
  'The server does not let "{user}" register: {answer}.':
    'Der Server lässt „{user}“ sich nicht anmelden: {answer}.',
  'Correct username, password and domain of this connector, or set register to false.':
    'Berichtigen Sie username, password und domain dieses Konnektors, oder setzen Sie register auf false.',
  'REGISTER was answered with {answer}': 'REGISTER wurde mit {answer} beantwortet',
  '{request} was not answered within {seconds} s.': '{request} wurde in {seconds} s nicht beantwortet.',
  'The connection was closed.': 'Die Verbindung wurde geschlossen.',
  'The server is silent since {seconds} s.': 'Der Server schweigt seit {seconds} s.',
  'The server closed the connection.': 'Der Server hat die Verbindung geschlossen.',
  'The server stopped reading.': 'Der Server liest nicht mehr.',
  'The server sent what is not SIP: {reason}.': 'Der Server hat etwas gesendet, das kein SIP ist: {reason}.',
  'No connection within {seconds} s.': 'Keine Verbindung in {seconds} s.',
  'headers without an end': 'Kopfzeilen ohne Ende',
  'a body of {number} bytes': 'ein Inhalt von {number} Bytes',
  'the headers do not end': 'die Kopfzeilen enden nicht',
  'the headers are too long': 'die Kopfzeilen sind zu lang',
  'a header line has no name': 'eine Kopfzeile hat keinen Namen',
  'the start line is not SIP/2.0': 'die Startzeile ist nicht SIP/2.0',
  'The PBX does not let do not disturb be set ({event}): {answer}.':
    'Die Telefonanlage lässt Nicht stören nicht setzen ({event}): {answer}.',
  'Let the account of this connector change the features of the extension at the PBX.':
    'Lassen Sie das Konto dieses Konnektors an der Telefonanlage Leistungsmerkmale der Nebenstelle ändern.',
  'Look in the log of the PBX why it refuses SUBSCRIBE with Event: {event}.':
    'Sehen Sie im Protokoll der Telefonanlage nach, warum sie SUBSCRIBE mit Event: {event} ablehnt.',
  'The server does not tell do not disturb of extension {extension} ({event}).':
    'Der Server meldet Nicht stören der Nebenstelle {extension} nicht ({event}).',
  'Switch feature key synchronization on for the extension, or set probe to one that has it.':
    'Schalten Sie für die Nebenstelle Feature Key Synchronization ein, oder setzen Sie probe auf eine, die es hat.',
  'Do not disturb of extension {extension} can be read and set ({event}).':
    'Nicht stören der Nebenstelle {extension} lässt sich lesen und setzen ({event}).',
  'the server ended the subscription': 'der Server hat das Abonnement beendet',
  'Do not disturb of extension {extension} can be read, but not set ({event}): {why}.':
    'Nicht stören der Nebenstelle {extension} lässt sich lesen, aber nicht setzen ({event}): {why}.',
  'Do not disturb of extension {extension} cannot be reached ({event}): {why}.':
    'Nicht stören der Nebenstelle {extension} ist nicht zu erreichen ({event}): {why}.',
  'The subscription of extension {extension} ({event}) does not stand.':
    'Das Abonnement der Nebenstelle {extension} ({event}) besteht nicht.',
  'The PBX accepted the change ({event}) and does not tell it.':
    'Die Telefonanlage hat die Änderung angenommen ({event}) und meldet sie nicht.',
  'Set doNotDisturb to false, or switch feature key synchronization on at the PBX.':
    'Setzen Sie doNotDisturb auf false, oder schalten Sie an der Telefonanlage Feature Key Synchronization ein.',
  'Leave {event} out of events, or switch it on at the PBX.':
    'Lassen Sie {event} in events weg, oder schalten Sie es an der Telefonanlage ein.',
  'Correct the extension of this person.': 'Berichtigen Sie die Nebenstelle dieser Person.',
  'Allow the account of this connector to watch the extension (at Asterisk: subscribe context and hints).':
    'Erlauben Sie dem Konto dieses Konnektors, die Nebenstelle zu beobachten (bei Asterisk: subscribe_context und Hints).',
  'Correct the extension of this person, or give it a hint or presence at the PBX.':
    'Berichtigen Sie die Nebenstelle dieser Person, oder geben Sie ihr an der Telefonanlage einen Hint oder Präsenz.',
  'Look in the log of the PBX why it refuses SUBSCRIBE for this extension.':
    'Sehen Sie im Protokoll der Telefonanlage nach, warum sie SUBSCRIBE für diese Nebenstelle ablehnt.',
  'ended by the server': 'vom Server beendet',
  'ended by the server: {reason}': 'vom Server beendet: {reason}',
  'the server accepted the subscription but sent no NOTIFY':
    'der Server hat das Abonnement angenommen, aber kein NOTIFY geschickt',
  'the connection was lost before it was sent': 'die Verbindung brach ab, bevor es gesendet war',
  'There is no connection.': 'Es gibt keine Verbindung.',
  'There is no connection to the PBX.': 'Es gibt keine Verbindung zur Telefonanlage.',
  'The server knows none of the event packages asked for ({events}): {why}.':
    'Der Server kennt keines der verlangten Event Packages ({events}): {why}.',
  'The connection is lost: {reason}': 'Die Verbindung ist unterbrochen: {reason}',
  'Check that the PBX runs.': 'Prüfen Sie, dass die Telefonanlage läuft.',
  'The connector was stopped.': 'Der Konnektor wurde angehalten.',
  '{number} of {all} subscriptions are not live: {list}':
    '{number} von {all} Abonnements stehen nicht: {list}',
  '{one}; the registration could not be refreshed: {reason}':
    '{one}; die Anmeldung ließ sich nicht erneuern: {reason}',
  'the registration could not be refreshed: {reason}': 'die Anmeldung ließ sich nicht erneuern: {reason}',
  '{one}; the server does not know the event package {event}':
    '{one}; der Server kennt das Event Package {event} nicht',
  'the server does not know the event package {event}': 'der Server kennt das Event Package {event} nicht',
  '{feed} refused ({answer})': '{feed} abgelehnt ({answer})',
  '{feed} refused ({answer}), {rest}': '{feed} abgelehnt ({answer}), {rest}',
  '{feed} is being subscribed': '{feed} wird abonniert',
  '{feed} is being subscribed, {rest}': '{feed} wird abonniert, {rest}',
  '{feed} waits for consent at the PBX': '{feed} wartet auf Zustimmung an der Telefonanlage',
  '{feed} waits for consent at the PBX, {rest}': '{feed} wartet auf Zustimmung an der Telefonanlage, {rest}',
  'States may be published for extension {extension} (PUBLISH).':
    'Zustände der Nebenstelle {extension} dürfen veröffentlicht werden (PUBLISH).',
  'Publishing was not tried: "{user}" is no extension itself (404).':
    'Das Veröffentlichen wurde nicht probiert: „{user}“ ist selbst keine Nebenstelle (404).',
  'The server takes no PUBLISH for extension {extension}: {answer}':
    'Der Server nimmt für die Nebenstelle {extension} kein PUBLISH an: {answer}',
  'Switch the presence server of the PBX on and let this account publish, or set publish to false.':
    'Schalten Sie den Präsenzserver der Telefonanlage ein und lassen Sie dieses Konto veröffentlichen, oder setzen Sie publish auf false.',
  'There is no slot "{slot}".': 'Ein „{slot}“ gibt es nicht.',
  'SIP presence has no such state.': 'SIP-Präsenz hat keinen solchen Zustand.',
  'The PBX does not take PUBLISH: {answer}.': 'Die Telefonanlage nimmt PUBLISH nicht an: {answer}.',
  'Look in the log of the PBX why it refuses PUBLISH, or set publish to false.':
    'Sehen Sie im Protokoll der Telefonanlage nach, warum sie PUBLISH ablehnt, oder setzen Sie publish auf false.',
  'Allow the account of this connector to publish for the extension.':
    'Erlauben Sie dem Konto dieses Konnektors, für die Nebenstelle zu veröffentlichen.',
  'This PBX has no presence server that takes PUBLISH: set publish to false.':
    'Diese Telefonanlage hat keinen Präsenzserver, der PUBLISH annimmt: setzen Sie publish auf false.',
  'This PBX takes no PUBLISH of presence: set publish to false.':
    'Diese Telefonanlage nimmt kein PUBLISH von Präsenz an: setzen Sie publish auf false.',
}
