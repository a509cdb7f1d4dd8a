import type { HubSentences } from '../hub-translator.ts'

/** What a trial of Vodia finds, and what its connector says of a write. */
export const vodiaSentences: HubSentences = {
  'Signed in at {address} as "{user}"; tenant "{tenant}" has {number} extensions.':
    'Angemeldet an {address} als „{user}“; der Mandant „{tenant}“ hat {number} Nebenstellen.',
  'The release of the PBX is only told to a system administrator; it must be {version} or later.':
    'Die Version der Telefonanlage erfährt nur ein Systemadministrator; sie muss {version} oder neuer sein.',
  'The PBX runs release {version}.': 'Die Telefonanlage hat die Version {version}.',
  'The PBX runs release {version}, which is too old.':
    'Die Telefonanlage hat die Version {version}; das ist zu alt.',
  'Update it to {version} or later.': 'Aktualisieren Sie sie auf {version} oder neuer.',
  'Check "domain", or add extensions at the PBX.':
    'Prüfen Sie „domain“, oder legen Sie an der Telefonanlage Nebenstellen an.',
  'The tenant has no extensions.': 'Der Mandant hat keine Nebenstellen.',
  'Calls of extension {extension} came in a form that is not understood.':
    'Anrufe der Nebenstelle {extension} kamen in einer Form, die nicht zu verstehen ist.',
  'Do not disturb of extension {extension} came in a form that is not understood.':
    'Nicht stören der Nebenstelle {extension} kam in einer Form, die nicht zu verstehen ist.',
  '{asked} of extension {extension} came in a form that is not understood.':
    '{asked} der Nebenstelle {extension} kam in einer Form, die nicht zu verstehen ist.',
  'Report it with the answer of the PBX, names and numbers taken out.':
    'Melden Sie es mit der Antwort der Telefonanlage, ohne Namen und Nummern.',
  'Calls of extension {extension} cannot be read: {reason}':
    'Anrufe der Nebenstelle {extension} sind nicht zu lesen: {reason}',
  'Do not disturb of extension {extension} cannot be read: {reason}':
    'Nicht stören der Nebenstelle {extension} ist nicht zu lesen: {reason}',
  '{asked} of extension {extension} cannot be read: {reason}':
    '{asked} der Nebenstelle {extension} ist nicht zu lesen: {reason}',
  "The PBX's own presence sync with Teams is on ({field}), as it should be.":
    'Der eigene Präsenzabgleich der Telefonanlage mit Teams ist an ({field}), wie es sein soll.',
  '"streamExtension" {extension} is no extension of the tenant.':
    '„streamExtension“ {extension} ist keine Nebenstelle des Mandanten.',
  'Name one of its extensions, or leave it out.':
    'Nennen Sie eine seiner Nebenstellen, oder lassen Sie es weg.',
  'Action URLs are left alone.': 'Action URLs bleiben unangetastet.',
  'Action URLs are not used while "http.publicUrl" is not set, unless the PBX is on this machine.':
    'Action URLs werden nicht benutzt, solange „http.publicUrl“ nicht gesetzt ist, außer wenn die Telefonanlage auf diesem Rechner läuft.',
  'Set it to an address of this hub that the PBX reaches, or "webhooks: off".':
    'Setzen Sie es auf eine Adresse dieses Hubs, die die Telefonanlage erreicht, oder „webhooks: off“.',
  'Action URLs are free, or tell this hub.': 'Action URLs sind frei, oder sie melden an diesen Hub.',
  'Action URLs will be taken over from {hosts}.': 'Action URLs werden von {hosts} übernommen.',
  'Action URLs are in use by others and are left alone: {hosts}. Changes there are found by polling.':
    'Action URLs werden von anderen benutzt und bleiben unangetastet: {hosts}. Änderungen dort werden durch Abfragen gefunden.',
  'Set "webhooks: replace" to take them over, or "webhooks: off" to go without.':
    'Setzen Sie „webhooks: replace“, um sie zu übernehmen, oder „webhooks: off“, um ohne sie auszukommen.',

  'The PBX refuses user "{user}" or the password (401).':
    'Die Telefonanlage weist den Benutzer „{user}“ oder das Passwort ab (401).',
  'Correct "username" and "password" of this connector; they are those of the PBX’s web interface.':
    'Berichtigen Sie „username“ und „password“ dieses Konnektors; es sind die der Weboberfläche der Telefonanlage.',
  'User "{user}" may not do this at the PBX (403).':
    'Der Benutzer „{user}“ darf das an der Telefonanlage nicht (403).',
  'Give the administrator "API access" at the PBX, or use one of the system: a tenant’s own administrator may not read calls of its users on every release.':
    'Geben Sie dem Administrator an der Telefonanlage „API access“, oder nehmen Sie einen des Systems: der Administrator eines Mandanten darf nicht in jeder Version die Anrufe seiner Benutzer lesen.',
  'The PBX knows no tenant "{tenant}" (404).': 'Die Telefonanlage kennt keinen Mandanten „{tenant}“ (404).',
  'Write "domain" as the PBX lists the tenant, and "url" as the address of its web interface.':
    'Schreiben Sie „domain“ so, wie die Telefonanlage den Mandanten nennt, und in „url“ die Adresse ihrer Weboberfläche.',
  'no list of extensions': 'keine Liste von Nebenstellen',
  'The PBX cannot be read: {reason}.': 'Die Telefonanlage ist nicht zu lesen: {reason}.',
  'the PBX refuses': 'die Telefonanlage lehnt ab',
  'Check that "url" is the web interface of a Vodia PBX of release 69.5.13 or later.':
    'Prüfen Sie, dass „url“ die Weboberfläche einer Vodia PBX der Version 69.5.13 oder neuer ist.',
  'Check "url", the network and the PBX.': 'Prüfen Sie „url“, das Netz und die Telefonanlage.',
  'The PBX cannot be heard: {reason}.': 'Von der Telefonanlage ist nichts zu hören: {reason}.',
  'Extension {extension} cannot be read: {reason}': 'Nebenstelle {extension} ist nicht zu lesen: {reason}',
  'The PBX shows no end of a do not disturb that was given one.':
    'Die Telefonanlage zeigt bei einem Nicht stören mit Ende kein Ende.',
  'Set "dndExpires: false": the hub then takes back by itself what the PBX would leave for ever.':
    'Setzen Sie „dndExpires: false“: dann nimmt der Hub selbst zurück, was die Telefonanlage für immer stehen ließe.',
  'WebSocket set up, but no change was told yet':
    'WebSocket eingerichtet, aber noch wurde keine Änderung gemeldet',
  'action URLs set up, but no change was told yet':
    'Action URLs eingerichtet, aber noch wurde keine Änderung gemeldet',
  'action URLs': 'Action URLs',
  'the list of action URLs was not understood': 'die Liste der Action URLs war nicht zu verstehen',
  'the PBX cannot reach this hub, so that it is polled':
    'die Telefonanlage erreicht diesen Hub nicht und wird darum abgefragt',
  'Set "http.publicUrl" to an address of the hub that the PBX reaches.':
    'Setzen Sie „http.publicUrl“ auf eine Adresse des Hubs, die die Telefonanlage erreicht.',
  'action URLs in use by others: {hosts}': 'Action URLs von anderen benutzt: {hosts}',
  'an address that cannot be read': 'eine unlesbare Adresse',
  'Set "webhooks: replace" to take them over, or let what stands there tell the hub as well.':
    'Setzen Sie „webhooks: replace“, um sie zu übernehmen, oder lassen Sie, was dort steht, auch den Hub benachrichtigen.',
  'the action URLs cannot be read: {reason}': 'die Action URLs sind nicht zu lesen: {reason}',
  'the action URLs cannot be set: {reason}': 'die Action URLs lassen sich nicht setzen: {reason}',
  'The PBX gave no session for the WebSocket.': 'Die Telefonanlage gab keine Sitzung für den WebSocket.',
  'Check that "streamExtension" is an extension of the tenant.':
    'Prüfen Sie, dass „streamExtension“ eine Nebenstelle des Mandanten ist.',
  'The WebSocket could not be opened.': 'Der WebSocket ließ sich nicht öffnen.',
  'Check "streamExtension", or leave it out: the PBX is then polled.':
    'Prüfen Sie „streamExtension“, oder lassen Sie es weg: dann wird die Telefonanlage abgefragt.',

  'This connector has teamsSync: vendor, but the PBX does not keep presence in step with Teams ({field} is empty).':
    'Dieser Konnektor hat teamsSync: vendor, aber die Telefonanlage gleicht die Präsenz nicht mit Teams ab ({field} ist leer).',
  'Set up Microsoft Teams Presence at the tenant (Advanced > CRM Integration), or set "teamsSync: hub" and link the two.':
    'Richten Sie beim Mandanten Microsoft Teams Presence ein (Advanced > CRM Integration), oder setzen Sie „teamsSync: hub“ und verknüpfen Sie die beiden.',
  "The PBX's own presence sync with Teams is set up ({field}); two engines would write the same states.":
    'Der eigene Präsenzabgleich der Telefonanlage mit Teams ist eingerichtet ({field}); zwei würden dieselben Zustände schreiben.',
  'Take it out at the tenant (Advanced > CRM Integration > Microsoft Teams Presence) and let users unpair; or keep it, set "teamsSync: vendor" at this connector, and remove its links with Teams.':
    'Entfernen Sie ihn beim Mandanten (Advanced > CRM Integration > Microsoft Teams Presence), und lassen Sie die Benutzer die Kopplung lösen; oder behalten Sie ihn, setzen Sie bei diesem Konnektor „teamsSync: vendor“, und entfernen Sie seine Verknüpfungen mit Teams.',
  'The PBX knows no such extension.': 'Die Telefonanlage kennt diese Nebenstelle nicht.',
}
