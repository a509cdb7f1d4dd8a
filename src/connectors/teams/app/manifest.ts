/** What the app of a tenant is made from. */
export interface AppWish {
  /** How browsers reach the hub: `https://hub.contoso.example`. */
  readonly publicUrl: string
  /** Of the application registration of the Teams connector. */
  readonly clientId: string
  /** Of this program, as semantic versioning has it: Teams takes an update by it. */
  readonly version: string
  /** Who runs the hub: at most 32 characters. */
  readonly developer: string
  readonly privacyUrl?: string | undefined
  readonly termsUrl?: string | undefined
}

const schemaVersion = '1.29'
const schemas = `https://developer.microsoft.com/json-schemas/teams/v${schemaVersion}`

export const colorIcon = 'color.png'
export const outlineIcon = 'outline.png'
export const germanFile = 'de.json'

/**
 * The manifest of the Teams app with the personal tab (learn.microsoft.com/microsoftteams/platform/resources/schema/manifest-schema).
 * The host has to be the same in the tab's address, in `validDomains` and in `resource`, or Teams gives out no token.
 */
export function describeApp(wish: AppWish) {
  const { publicUrl, clientId, version, developer } = wish
  const { origin, host } = new URL(publicUrl)
  const domain = host.toLowerCase()
  return {
    $schema: `${schemas}/MicrosoftTeams.schema.json`,
    manifestVersion: schemaVersion,
    version,
    id: clientId,
    developer: {
      name: developer,
      websiteUrl: origin,
      privacyUrl: wish.privacyUrl ?? origin,
      termsOfUseUrl: wish.termsUrl ?? origin,
    },
    name: { short: 'Soft keys', full: 'Soft keys of Hookswitch' },
    description: {
      short: 'Switch what follows what: your phone, Microsoft Teams and your CRM.',
      full: 'Your own page of Hookswitch, which keeps your presence the same on the phone, in Microsoft Teams and in the CRM: switch single directions off and on, pause for a while, and see what is shown of you, and why.',
    },
    localizationInfo: {
      defaultLanguageTag: 'en-us',
      additionalLanguages: [{ languageTag: 'de', file: germanFile }],
    },
    icons: { color: colorIcon, outline: outlineIcon },
    accentColor: '#5B5FC7',
    staticTabs: [
      {
        entityId: 'soft-keys',
        name: 'Soft keys',
        contentUrl: `${origin}/tab`,
        websiteUrl: `${origin}/#/me`,
        scopes: ['personal'],
      },
    ],
    permissions: ['identity'],
    validDomains: [domain],
    webApplicationInfo: { id: clientId, resource: `api://${domain}/${clientId}` },
  }
}

/** The same words in German. */
export function germanApp() {
  return {
    $schema: `${schemas}/MicrosoftTeams.Localization.schema.json`,
    'name.short': 'Soft Keys',
    'name.full': 'Soft Keys von Hookswitch',
    'description.short': 'Schalten, was wem folgt: Telefon, Microsoft Teams und CRM.',
    'description.full':
      'Ihre eigene Seite von Hookswitch, das Ihre Anwesenheit am Telefon, in Microsoft Teams und im CRM gleich hält: einzelne Richtungen aus- und einschalten, eine Weile pausieren, und sehen, was von Ihnen gezeigt wird, und warum.',
    'staticTabs[0].name': 'Soft Keys',
  }
}
