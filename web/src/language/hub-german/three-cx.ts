import type { HubSentences } from '../hub-translator.ts'

/** What a trial of 3CX finds, and what its connector and that of its queues say of a write. */
export const threeCxSentences: HubSentences = {
  'the 3CX connector': 'dem 3CX-Konnektor',
  'the 3CX queues': 'den 3CX-Warteschlangen',
  'Queues of 3CX': 'Warteschlangen von 3CX',
  'Signed in at {host} as "{client}".': 'Angemeldet an {host} als „{client}“.',
  'The check broke: {reason}': 'Die Prüfung ist abgebrochen: {reason}',
  '3CX {version}, licence {licence}.': '3CX {version}, Lizenz {licence}.',
  'of an unknown version': 'in unbekannter Version',
  'not told': 'nicht genannt',
  'The licence {licence} seems to be a smaller one; 3CX documents the APIs for Enterprise.':
    'Die Lizenz {licence} scheint eine kleinere zu sein; 3CX beschreibt die APIs für Enterprise.',
  'If calls or profiles are refused, upgrade the licence to Enterprise or AI.':
    'Werden Anrufe oder Profile verweigert, heben Sie die Lizenz auf Enterprise oder AI an.',
  '{number} users, {count} of them with a mail address.':
    '{number} Benutzer, davon {count} mit einer Mailadresse.',
  'This API client sees no user.': 'Dieser API-Client sieht keinen Benutzer.',
  'Give it the role System Administrator, or a department that has the users.':
    'Geben Sie ihm die Rolle System Administrator, oder eine Abteilung, der die Benutzer angehören.',
  'Calls of every user are told to this API client.':
    'Diesem API-Client werden die Anrufe aller Benutzer gemeldet.',
  'Calls of {extensions} are not told to this API client.':
    'Diesem API-Client werden Anrufe von {extensions} nicht gemeldet.',
  'Calls of {extensions} and {number} more are not told to this API client.':
    'Diesem API-Client werden Anrufe von {extensions} und {number} weiteren nicht gemeldet.',
  'Add them at the API client in Admin Console, Integrations, API, under "Extension(s) that can be monitored".':
    'Fügen Sie sie beim API-Client in Admin Console, Integrations, API unter „Extension(s) that can be monitored“ hinzu.',
  'The WebSocket for calls opens.': 'Der WebSocket für Anrufe öffnet sich.',
  'The WebSocket for calls does not open: {reason}.': 'Der WebSocket für Anrufe öffnet sich nicht: {reason}.',
  'Let WebSockets pass the firewall and any proxy in front of the PBX.':
    'Lassen Sie WebSockets durch die Firewall und durch jeden Proxy vor der Telefonanlage.',
  'Call Control API access is not ticked at this API client (ServicePrincipals.CallControlEnabled is false).':
    'Bei diesem API-Client ist der Zugriff auf die Call Control API nicht angehakt (ServicePrincipals.CallControlEnabled ist false).',
  'Tick it in Admin Console, Integrations, API, or set calls: false.':
    'Haken Sie ihn in Admin Console, Integrations, API an, oder setzen Sie calls: false.',
  '{fix} Or set calls: false.': '{fix} Oder setzen Sie calls: false.',
  'Whether 3CX syncs presence with Teams itself could not be read ({field}).':
    'Ob 3CX die Präsenz selbst mit Teams abgleicht, ließ sich nicht lesen ({field}).',
  'Look in Admin Console, Integrations, Microsoft 365, or give the API client the role System Administrator.':
    'Sehen Sie in Admin Console, Integrations, Microsoft 365 nach, oder geben Sie dem API-Client die Rolle System Administrator.',
  'The presence sync of 3CX with Microsoft 365 is on, as it should be.':
    'Der Präsenzabgleich von 3CX mit Microsoft 365 ist an, wie es sein soll.',
  'The presence sync of 3CX with Microsoft 365 is off, as it should be.':
    'Der Präsenzabgleich von 3CX mit Microsoft 365 ist aus, wie es sein soll.',
  'The presence sync of 3CX with Microsoft 365 is {setting}, as it should be.':
    'Der Präsenzabgleich von 3CX mit Microsoft 365 ist {setting}, wie es sein soll.',
  'This connector has teamsSync: vendor, but 3CX does not keep presence in step with Teams ({field} is false).':
    'Dieser Konnektor hat teamsSync: vendor, aber 3CX gleicht die Präsenz nicht mit Teams ab ({field} ist false).',
  'Switch presence sync on in Admin Console, Integrations, Microsoft 365, or set teamsSync: hub and link the two.':
    'Schalten Sie den Präsenzabgleich in Admin Console, Integrations, Microsoft 365 ein, oder setzen Sie teamsSync: hub und verknüpfen Sie die beiden.',
  '3CX keeps presence in step with Teams itself ({field} is true): two would write the same.':
    '3CX gleicht die Präsenz selbst mit Teams ab ({field} ist true): zwei würden dasselbe schreiben.',
  'Switch presence sync off in Admin Console, Integrations, Microsoft 365; or keep it, set teamsSync: vendor at this connector, and remove its links with Teams.':
    'Schalten Sie den Präsenzabgleich in Admin Console, Integrations, Microsoft 365 aus; oder behalten Sie ihn, setzen Sie bei diesem Konnektor teamsSync: vendor, und entfernen Sie seine Verknüpfungen mit Teams.',

  'the role of the API client does not cover this': 'die Rolle des API-Clients deckt das nicht ab',
  'Give the API client the role System Administrator or System Owner, or a department role that covers every user.':
    'Geben Sie dem API-Client die Rolle System Administrator oder System Owner, oder eine Rolle in einer Abteilung, die alle Benutzer umfasst.',
  'Tick 3CX Configuration API Access and 3CX Call Control API Access at the API client; both need an Enterprise or AI licence.':
    'Haken Sie beim API-Client 3CX Configuration API Access und 3CX Call Control API Access an; beide brauchen eine Lizenz Enterprise oder AI.',
  'Look at the API client in Admin Console, Integrations, API.':
    'Sehen Sie in Admin Console, Integrations, API nach dem API-Client.',
  'Check url; the API needs 3CX V20 or later. With V18, use the SIP connector for busy lamps.':
    'Prüfen Sie url; die API braucht 3CX V20 oder neuer. Mit V18 nehmen Sie den SIP-Konnektor für Besetztlampen.',
  '{asked} could not be read: {reason}.': 'Nicht zu lesen: {asked}: {reason}.',
  'calls could not be read: {reason}.': 'Anrufe ließen sich nicht lesen: {reason}.',
  'profiles could not be read: {reason}.': 'Profile ließen sich nicht lesen: {reason}.',
  'the users could not be read: {reason}.': 'die Benutzer ließen sich nicht lesen: {reason}.',
  'the queues could not be read: {reason}.': 'die Warteschlangen ließen sich nicht lesen: {reason}.',
  'the system status could not be read: {reason}.': 'der Systemstatus ließ sich nicht lesen: {reason}.',
  'The PBX does not have {what} (404).': 'Die Telefonanlage kennt das nicht: {what} (404).',
  'The PBX does not have calls (404).': 'Die Telefonanlage kennt keine Anrufe (404).',
  'The PBX does not have profiles (404).': 'Die Telefonanlage kennt keine Profile (404).',
  'the users': 'die Benutzer',
  'the queues': 'die Warteschlangen',
  'the system status': 'der Systemstatus',
  '{asked} may not be read ({status}): {reason}.': 'Nicht lesbar: {asked} ({status}): {reason}.',
  'calls may not be read ({status}): {reason}.': 'Anrufe dürfen nicht gelesen werden ({status}): {reason}.',
  'profiles may not be read ({status}): {reason}.':
    'Profile dürfen nicht gelesen werden ({status}): {reason}.',
  'the users may not be read ({status}): {reason}.':
    'die Benutzer dürfen nicht gelesen werden ({status}): {reason}.',
  'the queues may not be read ({status}): {reason}.':
    'die Warteschlangen dürfen nicht gelesen werden ({status}): {reason}.',
  'the system status may not be read ({status}): {reason}.':
    'der Systemstatus darf nicht gelesen werden ({status}): {reason}.',
  'the list of users could not be understood': 'die Liste der Benutzer war nicht zu verstehen',
  'Calls are not heard: {reason}.': 'Von Anrufen ist nichts zu hören: {reason}.',
  'Calls are not heard.': 'Von Anrufen ist nichts zu hören.',
  'The list of calls could not be understood.': 'Die Liste der Anrufe war nicht zu verstehen.',
  'The Call Control API refuses this client ({status}).':
    'Die Call Control API weist diesen Client ab ({status}).',
  'Tokens end before their time: another program signs in with the same API client.':
    'Token enden vor ihrer Zeit: ein anderes Programm meldet sich mit demselben API-Client an.',
  'Make an API client for the hub alone: each new token makes the one before it invalid.':
    'Legen Sie einen API-Client allein für den Hub an: jedes neue Token macht das vorige ungültig.',
  '{number} users, profiles read every {seconds} s':
    '{number} Benutzer, Profile werden alle {seconds} s gelesen',
  'The 3CX connector could not be started.': 'Der 3CX-Konnektor ließ sich nicht starten.',
  'The 3CX queues could not be started.': 'Die 3CX-Warteschlangen ließen sich nicht starten.',

  '{host} has no sign-in for API clients (404).': '{host} hat keine Anmeldung für API-Clients (404).',
  '{host} sends the sign-in elsewhere to {origin} ({status}).':
    '{host} leitet die Anmeldung weiter zu {origin} ({status}).',
  '{host} sends the sign-in elsewhere ({status}).': '{host} leitet die Anmeldung weiter ({status}).',
  '{host} sends the sign-in elsewhere{where} ({status}).':
    '{host} leitet die Anmeldung weiter{where} ({status}).',
  'Set url to the address that the web client shows in the browser.':
    'Setzen Sie url auf die Adresse, die der Webclient im Browser zeigt.',
  '{host} does not accept the API client ({status}).': '{host} nimmt den API-Client nicht an ({status}).',
  'Check clientId and clientSecret against Admin Console, Integrations, API; a new key can be made there.':
    'Vergleichen Sie clientId und clientSecret mit Admin Console, Integrations, API; dort lässt sich ein neuer Schlüssel anlegen.',
  'Check url, the firewall, the name resolution of this machine, and the IP restriction of the Admin Console.':
    'Prüfen Sie url, die Firewall, die Namensauflösung dieses Rechners und die IP-Beschränkung der Admin Console.',
  'Check that url is the address of a 3CX V20.': 'Prüfen Sie, dass url die Adresse einer 3CX V20 ist.',
  'This 3CX is version {version}, which is too old.': 'Diese 3CX hat die Version {version}; das ist zu alt.',
  'Update to V20. With V18, use the SIP connector for busy lamps.':
    'Aktualisieren Sie auf V20. Mit V18 nehmen Sie den SIP-Konnektor für Besetztlampen.',
  'The licence of this 3CX is not active.': 'Die Lizenz dieser 3CX ist nicht aktiv.',
  'Activate or renew it in Admin Console, Dashboard.':
    'Aktivieren oder erneuern Sie sie in Admin Console, Dashboard.',

  '3CX has no slot "{slot}".': '3CX hat keinen Slot „{slot}“.',
  'Use profile.': 'Nehmen Sie profile.',
  'The queues of 3CX have no slot "{slot}".': 'Die Warteschlangen von 3CX haben keinen Slot „{slot}“.',
  'Use queue.': 'Nehmen Sie queue.',
  'written, and not seen when it was read back': 'geschrieben, beim Zurücklesen aber nicht zu sehen',
  '3CX is not given {presence}.': '{presence} wird an 3CX nicht geschrieben.',
  'Set writeProfile: true.': 'Setzen Sie writeProfile: true.',
  '3CX has no user with extension {extension}.': '3CX hat keinen Benutzer mit der Nebenstelle {extension}.',
  '3CX declines it ({status}): {reason}.': '3CX lehnt es ab ({status}): {reason}.',
}
