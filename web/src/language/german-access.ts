import type { englishAccess } from './english-access.ts'

export const germanAccess: typeof englishAccess = {
  accounts: 'Konten',
  none: 'Noch hat niemand ein Konto.',
  add: 'Neues Konto',
  name: 'Womit sie sich anmelden',
  nameHint: 'Eine Mailadresse oder ein kurzer Name.',
  displayName: 'Name',
  rights: 'Was sie dürfen',
  right: (place) => `Recht ${place}`,
  role: 'Rolle',
  roleTexts: {
    operator: 'Alles, in jedem Mandanten.',
    admin: 'Alles in einem Mandanten.',
    supervisor: 'Sieht die Übersicht von Gruppen oder eines ganzen Mandanten.',
    member: 'Sieht und schaltet nur sich selbst.',
  },
  tenant: 'Mandant',
  groups: 'Gruppen',
  groupsHint: (groups) =>
    groups === ''
      ? 'Dieser Mandant hat keine Gruppen: leer heißt alle.'
      : `Leer heißt alle. Es gibt: ${groups}`,
  person: 'Person (UPN)',
  addRight: 'Ein Recht hinzufügen',
  removeRight: (place) => `Recht ${place} entfernen`,
  create: 'Konto anlegen',
  save: 'Speichern',
  cancel: 'Abbrechen',
  close: 'Schließen',
  signedOutBySaving: 'Andere Rechte melden das Konto überall ab.',
  noRight: 'Kein Recht: Dieses Konto darf nichts.',
  wrong: {
    tenant: (tenant) => `Es gibt keinen Mandanten „${tenant}“: Dieses Recht bewirkt nichts.`,
    groups: (groups) => `Niemand ist in ${groups}: Damit ist niemand zu sehen.`,
    person: (person) => `Es gibt keine Person „${person}“: Dieses Recht bewirkt nichts.`,
  },
  password: 'meldet sich mit Kennwort an',
  byProvider: (provider) => `meldet sich bei ${provider} an, dessen Regeln sagen, was sie dürfen`,
  noPassword: 'hat noch kein Kennwort gewählt',
  linkUntil: (time) => `der Link gilt bis ${time}`,
  more: (name) => `Mehr zu ${name}`,
  change: 'Ändern',
  newLink: 'Neuer Link zum Wählen eines Kennworts',
  signOut: 'Überall abmelden',
  remove: 'Löschen',
  linkTitle: (name) => `Link für ${name}`,
  linkText: (time) =>
    `Geben Sie diesen Link selbst weiter: Es wird nichts verschickt. Er wird nur dieses eine Mal gezeigt und gilt einmal, bis ${time}. Ein früherer Link gilt nicht mehr.`,
  newLinkText:
    'Ein früherer Link gilt nicht mehr. Ein vorhandenes Kennwort bleibt, bis ein anderes gewählt ist.',
  link: 'Link',
  copy: 'Kopieren',
  copied: 'Kopiert.',
  removeTitle: (name) => `Das Konto von ${name} löschen?`,
  removeText:
    'Seine Sitzungen enden sofort, und es kann sich nicht mehr anmelden. Die Person dahinter bleibt in der Übersicht und wird weiter abgeglichen; was das Konto getan hat, bleibt im Audit-Protokoll. Das lässt sich nicht zurücknehmen.',
  signOutTitle: (name) => `${name} überall abmelden?`,
  signOutText:
    'Jeder Browser, der mit diesem Konto angemeldet ist, muss sich neu anmelden. Sonst ändert sich nichts.',
  removed: (name) => `Das Konto von ${name} ist gelöscht.`,
  signedOut: (name) => `${name} ist überall abgemeldet.`,
  changed: (name) => `Das Konto von ${name} ist geändert.`,
}
