import type { HubSentences } from '../hub-translator.ts'

/** Consent, pairing and what is to be done (src/consent, src/apps/hub). */
export const consentSentences: HubSentences = {
  'The operator of this hub has configured no application to consent to (applications).':
    'Wer diesen Hub betreibt, hat keine Anwendung eingetragen, der man zustimmen könnte (applications).',
  'There is no such proof any more. Look at the present one.':
    'Diesen Nachweis gibt es nicht mehr. Sehen Sie sich den jetzigen an.',
  'Consent was said to be given for the organisation {claimed}, but {name} belongs to {organisation}. Open the link again and use one account for both.':
    'Zugestimmt wurde angeblich für die Organisation {claimed}, aber {name} gehört zu {organisation}. Öffnen Sie den Link noch einmal und nehmen Sie für beides dasselbe Konto.',
  'You signed in as {name} of the organisation {organisation}, but these permissions are not there yet: {missing}. Microsoft can take some minutes; if they do not come, open the link again as an administrator.':
    'Sie haben sich als {name} der Organisation {organisation} angemeldet, aber diese Berechtigungen fehlen noch: {missing}. Bei Microsoft kann das einige Minuten dauern; kommen sie nicht, öffnen Sie den Link noch einmal als Administrator.',
  'Thank you, {name}. Whoever sent you the link sees now that you consented for the organisation {organisation}, and switches it on.':
    'Danke, {name}. Wer Ihnen den Link geschickt hat, sieht jetzt, dass Sie für die Organisation {organisation} zugestimmt haben, und schaltet es ein.',
  '{name} belongs to the organisation {organisation}, but this tenant is connected with {other}. Sign in with an account of that one, or have its consent taken back first.':
    '{name} gehört zur Organisation {organisation}, dieser Mandant ist aber mit {other} verbunden. Melden Sie sich mit einem Konto von dort an, oder lassen Sie deren Zustimmung erst zurücknehmen.',
  'The organisation {organisation} is connected with another tenant of this hub already.':
    'Die Organisation {organisation} ist schon mit einem anderen Mandanten dieses Hubs verbunden.',
  'Not there yet: {missing}. Microsoft can take some minutes after the consent; then confirm again.':
    'Noch nicht da: {missing}. Bei Microsoft kann das nach der Zustimmung einige Minuten dauern; bestätigen Sie dann noch einmal.',
  'This link was used already: somebody consented by it. Ask for a new one.':
    'Dieser Link ist verbraucht: jemand hat darüber zugestimmt. Bitten Sie um einen neuen.',
  'This link has expired: it worked for seven days. Ask for a new one.':
    'Dieser Link ist abgelaufen: er galt sieben Tage. Bitten Sie um einen neuen.',
  'This link does not work any more: there is a newer one, or it was taken back.':
    'Dieser Link gilt nicht mehr: es gibt einen neueren, oder er wurde zurückgenommen.',
  'Something unexpected happened. The log of the hub says more.':
    'Etwas Unerwartetes ist geschehen. Das Protokoll des Hubs sagt mehr.',
  'This took more than ten minutes. Begin again.':
    'Das hat länger als zehn Minuten gedauert. Beginnen Sie neu.',
  'This window was opened too late, or once before. Close it and begin again in Teams.':
    'Dieses Fenster wurde zu spät oder schon einmal geöffnet. Schließen Sie es und beginnen Sie in Teams neu.',
  'The hub that goes on with this is being replaced. Try again in a moment.':
    'Der Hub, der hiermit weitermacht, wird gerade ersetzt. Versuchen Sie es gleich noch einmal.',
  'This was not begun in this browser, or has ended already. Begin again.':
    'Das wurde nicht in diesem Browser begonnen oder ist schon zu Ende. Beginnen Sie neu.',
  'You signed in as {account}, but {person} is another account there{hint}. Nothing was kept. Sign in with the account of {same}.':
    'Sie haben sich als {account} angemeldet, aber {person} ist dort ein anderes Konto{hint}. Nichts wurde behalten. Melden Sie sich mit dem Konto von {same} an.',
  'You signed in as {account}. From now on your calls are shown in Teams with this sign-in.':
    'Sie haben sich als {account} angemeldet. Ab jetzt werden Ihre Anrufe mit dieser Anmeldung in Teams gezeigt.',
  'The person signs in again with their own account.': 'Die Person meldet sich neu mit dem eigenen Konto an.',
  'The person has not signed in with their own account.':
    'Die Person hat sich nicht mit dem eigenen Konto angemeldet.',
  'The kept sign-in cannot be opened.': 'Die aufbewahrte Anmeldung lässt sich nicht öffnen.',
  'The person is not known at the system.': 'Das System kennt die Person nicht.',
  'In this tenant people do not sign in themselves (consent is not paired).':
    'In diesem Mandanten melden sich die Personen nicht selbst an (consent ist nicht paired).',
  '{person} was not found at Microsoft 365, so nobody can prove to be them there.':
    '{person} wurde bei Microsoft 365 nicht gefunden; niemand kann sich dort als diese Person ausweisen.',
  'There is nothing to try for the type {type}.': 'Für den Typ {type} gibt es nichts zu erproben.',
  'There is no such connector in this tenant: send its settings.':
    'Diesen Konnektor gibt es in diesem Mandanten nicht: schicken Sie seine Einstellungen mit.',
  'Only an operator of the hub may try others ({addresses}).':
    'Andere ({addresses}) darf nur erproben, wer den Hub betreibt.',
  'This token is of no organisation that is connected here.':
    'Dieses Token gehört zu keiner Organisation, die hier verbunden ist.',
  'The keys of Microsoft cannot be read just now. Try again.':
    'Die Schlüssel von Microsoft lassen sich gerade nicht lesen. Versuchen Sie es noch einmal.',
  'This Microsoft account belongs to no person whose presence is kept here. Ask your administrator.':
    'Dieses Microsoft-Konto gehört zu keiner Person, deren Anwesenheit hier geführt wird. Fragen Sie Ihre Administration.',
  'Microsoft 365 is connected.': 'Microsoft 365 ist verbunden.',
  'Microsoft 365 is not connected yet.': 'Microsoft 365 ist noch nicht verbunden.',
  'Connect Microsoft 365': 'Microsoft 365 verbinden',
  'Register an application, or have an administrator consent to the operator’s.':
    'Registrieren Sie eine Anwendung, oder lassen Sie eine Administratorin der des Betreibers zustimmen.',
  'Connect a phone system': 'Eine Telefonanlage verbinden',
  'A phone system is connected.': 'Eine Telefonanlage ist verbunden.',
  'No phone system is connected yet.': 'Noch ist keine Telefonanlage verbunden.',
  'Add a connector for it.': 'Fügen Sie einen Konnektor dafür hinzu.',
  'Consent of Microsoft 365': 'Zustimmung bei Microsoft 365',
  'Confirm the consent': 'Die Zustimmung bestätigen',
  '{name} consented for the organisation {organisation}.':
    '{name} hat für die Organisation {organisation} zugestimmt.',
  'Compare it with the organisation that you meant, and confirm or refuse it.':
    'Vergleichen Sie sie mit der gemeinten Organisation, und bestätigen Sie oder lehnen Sie ab.',
  'Nothing was heard of it yet': 'noch wurde nichts davon gehört',
  'Microsoft 365 lets the application in: {said}.': 'Microsoft 365 lässt die Anwendung ein: {said}.',
  'Microsoft 365 refuses the application: {said}': 'Microsoft 365 weist die Anwendung ab: {said}',
  'Microsoft 365 refuses the application': 'Microsoft 365 weist die Anwendung ab',
  'Microsoft 365 is not up: {said}': 'Microsoft 365 läuft nicht: {said}',
  'Microsoft 365 is not up': 'Microsoft 365 läuft nicht',
  'Match people': 'Personen zuordnen',
  '1 match is missing or doubtful.': '1 Zuordnung fehlt oder ist zweifelhaft.',
  '{number} matches are missing or doubtful.': '{number} Zuordnungen fehlen oder sind zweifelhaft.',
  'Nobody is missed by a directory.': 'Niemand fehlt in einem Verzeichnis.',
  'Give them addresses by hand, or correct their mail address in one of the systems.':
    'Geben Sie ihnen Adressen von Hand, oder berichtigen Sie ihre Mailadresse in einem der Systeme.',
  'People switch sync on': 'Personen schalten den Abgleich ein',
  '{agreed} of {all} people {have} switched it on; nothing is done for the others.':
    '{agreed} von {all} Personen {have} ihn eingeschaltet; für die anderen geschieht nichts.',
  has: 'hat',
  have: 'haben',
  'Tell them where, or switch it on for those who agreed.':
    'Sagen Sie ihnen, wo, oder schalten Sie ihn für die ein, die zugestimmt haben.',
  'People sign in': 'Personen melden sich an',
  '{paired} of {all} people {have} signed in with their own account; nothing is written in Teams for the others.':
    '{paired} von {all} Personen {have} sich mit dem eigenen Konto angemeldet; für die anderen wird in Teams nichts geschrieben.',
  'Tell them where to sign in.': 'Sagen Sie ihnen, wo man sich anmeldet.',
}
