import type { Page } from 'playwright-core'

/** One thing the portal shows, at its address. */
export interface PortalView {
  readonly name: string
  readonly address: string
  /** Text that stands there once the page has what it shows. */
  readonly sign: RegExp
  readonly nobody?: true
  /** Before there is an account. */
  readonly first?: true
}

const anna = encodeURIComponent('contoso/anna@contoso.example')

/** Every page of the portal in `PortalWorld`, and what a page has behind an address of its own. */
export const portalViews = (setUpLink: string): readonly PortalView[] => [
  {
    name: 'first-account',
    address: `/${new URL(setUpLink).hash}`,
    sign: /Password again/,
    ...({ nobody: true, first: true } as const),
  },
  { name: 'sign-in', address: '/', sign: /Sign in/, nobody: true },
  { name: 'tab', address: '/tab', sign: /Soft keys/, nobody: true },
  { name: 'board', address: '/', sign: /Anna Keller/ },
  { name: 'why', address: `/#/person/${anna}`, sign: /What is shown, and why/ },
  { name: 'person', address: `/#/person/${anna}/page`, sign: /covers this person/ },
  { name: 'wall', address: '/#/wall', sign: /Anna Keller/ },
  { name: 'people', address: '/#/people?tenant=contoso', sign: /Anna Keller/ },
  { name: 'connectors', address: '/#/connectors', sign: /pbx · fabrikam/ },
  { name: 'catalogue', address: '/#/connectors?add&tenant=contoso', sign: /NetSapiens/ },
  { name: 'connector-form', address: '/#/connectors?add=3cx&tenant=contoso', sign: /Try the connection/ },
  { name: 'connector', address: '/#/connectors/contoso/pbx', sign: /Try the connection/ },
  { name: 'microsoft', address: '/#/connectors?microsoft=contoso', sign: /az ad app create/ },
  { name: 'links', address: '/#/links/contoso', sign: /Go back to version|Version history|Versions/ },
  { name: 'link', address: '/#/links/contoso/pbx/teams', sign: /Which calls count/ },
  { name: 'health', address: '/#/health', sign: /Nobody else changes what we write/ },
  { name: 'fleet', address: '/#/fleet', sign: /Does not work/ },
  { name: 'audit', address: '/#/audit', sign: /Olga Petrova|olga/ },
  { name: 'access', address: '/#/access', sign: /Grace Lindholm/ },
  { name: 'settings', address: '/#/settings/tenant', sign: /Days/ },
  { name: 'tokens', address: '/#/settings/tokens', sign: /wallboard/ },
  { name: 'webhooks', address: '/#/settings/webhooks', sign: /Add the webhook/ },
  { name: 'settings-parts', address: '/#/settings/parts/alerts', sign: /Quiet hours/ },
  { name: 'settings-hub', address: '/#/settings/hub', sign: /Configuration \(YAML\)/ },
  { name: 'set-up', address: '/#/set-up', sign: /Ten minutes to the first call/ },
  { name: 'me', address: '/#/me', sign: /What is shown of you/ },
  { name: 'account', address: '/#/account', sign: /How it looks/ },
]

/** Until what the view is for stands there, and nothing is loading. */
export async function awaitView(page: Page, { sign }: PortalView): Promise<void> {
  await page.getByText(sign).first().waitFor()
  await page.waitForFunction(
    () => document.querySelector('main [role=progressbar], main [aria-busy=true]') === null,
  )
  // A tooltip stays while the pointer rests at what it explains.
  await page.mouse.move(0, 0)
}
