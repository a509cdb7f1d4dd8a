import { Button, Link, makeStyles, tokens } from '@fluentui/react-components'
import type { LinkPlan } from '../../../src/core/link-plan.ts'
import type { LinkItem, TenantItem } from '../configuration/configuration-client.ts'
import { DataTable } from '../frame/data-table.tsx'
import { PageEmpty } from '../frame/page-state.tsx'
import { go, pageAddress } from '../frame/route.ts'
import { useHubPhrases } from '../words/hub-text.tsx'
import { differencesOf, isObserved, presetOf, titleOf } from './link-rules.ts'
import { linksWords } from './links-words.ts'

const useStyles = makeStyles({
  ends: { fontWeight: tokens.fontWeightSemibold },
  id: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  note: { margin: '12px 0 0', color: tokens.colorNeutralForeground2 },
})

/** Every link in words: what the diagram draws. */
export function LinkList(props: { plan: LinkPlan; tenant: TenantItem; readOnly: boolean }) {
  const styles = useStyles()
  const said = linksWords()
  const { plan, tenant, readOnly } = props
  const links = tenant.links ?? []
  const phrase = useHubPhrases()
  if (links.length === 0) {
    return <PageEmpty>{plan.systems.length < 3 ? said.noSystems : said.none}</PageEmpty>
  }
  const end = (id: string) => (
    <>
      <span className={styles.ends}>{titleOf(plan, id)}</span>
      <span className={styles.id}>{id}</span>
    </>
  )
  return (
    <>
      <DataTable
        label={said.routing}
        heads={[said.from, said.to, said.rules, said.state, said.covers, said.change]}
        lines={links.map((link) => ({
          key: `${link.from} ${link.to}`,
          cells: [
            <Link key="from" href={pageAddress('links', tenant.id, link.from, link.to)}>
              {end(link.from)}
            </Link>,
            end(link.to),
            rulesText(plan, link, phrase),
            isObserved(plan, link) ? said.observes : said.follows,
            coverText(link),
            <Button
              key="change"
              size="small"
              aria-label={
                readOnly ? said.lookAtLink(link.from, link.to) : said.changeLink(link.from, link.to)
              }
              onClick={() => go(pageAddress('links', tenant.id, link.from, link.to))}
            >
              {readOnly ? said.look : said.change}
            </Button>,
          ],
        }))}
      />
      {!links.some(({ from }) => from === 'api') && <p className={styles.note}>{said.apiEverywhere}</p>}
    </>
  )
}

function rulesText(plan: LinkPlan, link: LinkItem, phrase: (title: string) => string): string {
  const said = linksWords()
  const title = phrase(presetOf(plan, link).title)
  const changes = differencesOf(plan, link).length
  return changes === 0 ? said.asPreset(title) : said.changedPreset(title, changes)
}

function coverText(link: LinkItem): string {
  const said = linksWords()
  const count = (key: string) => (Array.isArray(link[key]) ? link[key].length : 0)
  const named = said.someone(count('groups'), count('people'))
  const parts = [named, link.optedInOnly ? said.optedIn : ''].filter((part) => part !== '')
  return parts.length === 0 ? said.everyone : parts.join(', ')
}

export function BackToLinks() {
  return <Link href={pageAddress('links')}>{linksWords().back}</Link>
}
