import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Select,
} from '@fluentui/react-components'
import { useState } from 'react'
import type { ConfigProblem, ConfigWarning } from '../../../src/core/config-port.ts'
import type { LinkPlan } from '../../../src/core/link-plan.ts'
import type { LinkItem, TenantItem } from '../configuration/configuration-client.ts'
import { ProblemSpan } from '../form/problem-span.tsx'
import { PageSection } from '../frame/page-section.tsx'
import { HubError } from '../live/http.ts'
import { HubSpan, useHubPhrases } from '../words/hub-text.tsx'
import { LinkCautions } from './link-cautions.tsx'
import { presetOf, presetsFor, restored, titleOf } from './link-rules.ts'
import { deleteLink, putLink } from './links-client.ts'
import { linksWords } from './links-words.ts'
import { PresetComparison } from './preset-comparison.tsx'
import { RemoveLink } from './remove-link.tsx'
import { RowTable } from './row-table.tsx'
import { CallFields, SwitchFields } from './rule-fields.tsx'
import { TryOut } from './try-out.tsx'

const useStyles = makeStyles({
  summary: { margin: '8px 0 0' },
  // As wide as the card, and not as the longest name in it.
  preset: { gridTemplateColumns: 'minmax(0, 1fr)', '& select': { minWidth: 0, width: '100%' } },
  save: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'flex-end' },
  comment: { flex: '1 1 240px', maxWidth: '480px' },
})

export interface LinkEditorProps {
  readonly plan: LinkPlan
  readonly tenant: TenantItem
  /** As it is saved, or as it would be new. */
  readonly link: LinkItem
  readonly fresh: boolean
  readonly readOnly: boolean
  readonly version: number | undefined
  /** Something was saved; a sentence about it. */
  done(text: string, warnings: readonly ConfigWarning[]): void
}

interface Refused {
  readonly text: string
  readonly problems: readonly ConfigProblem[]
}

/** One link: preset, rows, filters and switches, and what they would have done. */
export function LinkEditor({ plan, tenant, link, fresh, readOnly, version, done }: LinkEditorProps) {
  const styles = useStyles()
  const said = linksWords()
  const [draft, setDraft] = useState(link)
  const [comment, setComment] = useState('')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const failed = (error: Error) =>
    setRefused({ text: error.message, problems: error instanceof HubError ? error.problems : [] })
  const change = (next: LinkItem) => {
    setDraft(next)
    setRefused(undefined)
  }
  const act = async (work: () => Promise<readonly ConfigWarning[]>, text: string) => {
    setBusy(true)
    try {
      done(text, await work())
    } catch (error) {
      failed(error as Error)
      setBusy(false)
    }
  }
  const { from, to } = link
  const save = () =>
    act(async () => (await putLink(tenant.id, draft, { version, comment })).warnings, said.saved(from, to))
  const remove = () =>
    act(
      async () => {
        await deleteLink(tenant.id, link, { version, comment })
        return []
      },
      said.removed(from, to),
    )
  const parts = { plan, draft, readOnly, change, problems: refused?.problems ?? [] }
  return (
    <>
      <PageSection title={`${titleOf(plan, from)} → ${titleOf(plan, to)}`}>
        <PresetChoice {...parts} />
      </PageSection>
      <LinkCautions plan={plan} draft={draft} />
      <PageSection title={said.table}>
        <RowTable {...parts} />
      </PageSection>
      <PageSection title={said.calls}>
        <CallFields {...parts} />
      </PageSection>
      <PageSection title={said.switches}>
        <SwitchFields {...parts} />
      </PageSection>
      <PageSection title={said.compare}>
        <PresetComparison
          {...{ plan, draft }}
          {...(!readOnly && { restore: () => change(restored(draft)) })}
        />
      </PageSection>
      {!readOnly && (
        <>
          <PageSection title={said.tryOut}>
            <TryOut {...{ tenant, draft, failed }} />
          </PageSection>
          {refused && <Refusal refused={refused} />}
          <PageSection title={said.save}>
            <div className={styles.save}>
              <Field label={said.comment} className={styles.comment}>
                <Input value={comment} maxLength={1000} onChange={(_, { value }) => setComment(value)} />
              </Field>
              <Button appearance="primary" disabled={busy} onClick={save}>
                {busy ? said.saving : said.save}
              </Button>
              {!fresh && <RemoveLink link={link} remove={remove} />}
            </div>
          </PageSection>
        </>
      )}
    </>
  )
}

function PresetChoice(props: {
  plan: LinkPlan
  draft: LinkItem
  readOnly: boolean
  change(draft: LinkItem): void
}) {
  const styles = useStyles()
  const said = linksWords()
  const { plan, draft, readOnly, change } = props
  const { preset: _, ...without } = draft
  const phrase = useHubPhrases()
  return (
    <>
      <Field label={said.preset} hint={said.presetHint} className={styles.preset}>
        <Select
          disabled={readOnly}
          value={String(draft.preset ?? '')}
          onChange={(_event, { value }) =>
            change((value === '' ? without : { ...draft, preset: value }) as LinkItem)
          }
        >
          <option value="">{said.ofTenant(phrase(presetOf(plan, without as LinkItem).title))}</option>
          {presetsFor(plan, draft).map(({ id, title }) => (
            <option key={id} value={id}>
              {phrase(title)}
            </option>
          ))}
        </Select>
      </Field>
      <p className={styles.summary}>
        <HubSpan>{presetOf(plan, draft).summary}</HubSpan>
      </p>
    </>
  )
}

/** What the hub refused; what belongs to a row stands there, too. */
function Refusal({ refused }: { refused: Refused }) {
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <HubSpan>{refused.text}</HubSpan>{' '}
        {refused.problems.map((problem) => (
          <span key={`${problem.path} ${problem.message}`}>
            {placeOf(problem.path)}: <ProblemSpan problem={problem} />{' '}
          </span>
        ))}
      </MessageBarBody>
    </MessageBar>
  )
}

/** `tenants[0].links[1].table[2].state` is `table[2].state` to whoever edits one link. */
function placeOf(path: string): string {
  return path.replace(/^tenants\[\d+\]\.(links\[\d+\]\.?)?/, '') || path
}
