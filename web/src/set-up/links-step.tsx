import { Button, Checkbox, Field, makeStyles, Select } from '@fluentui/react-components'
import { useState } from 'react'
import type { LinkPlan, PlannedSystem } from '../../../src/core/link-plan.ts'
import { type LinkItem, saveTenant, type TenantItem } from '../configuration/configuration-client.ts'
import { PageFailed, PageLoading } from '../frame/page-state.tsx'
import { Refused } from '../frame/refused.tsx'
import { words } from '../language/words.ts'
import { titleOf } from '../links/link-rules.ts'
import { readPlan } from '../links/links-client.ts'
import { useAnswer } from '../live/use-answer.ts'
import { useSending } from '../session/use-sending.ts'
import { HubSpan, useHubPhrases } from '../words/hub-text.tsx'

const useStyles = makeStyles({
  text: { margin: 0, maxWidth: '640px' },
  field: { width: '100%', maxWidth: '360px' },
  checks: { display: 'flex', flexDirection: 'column' },
})

interface LinksStepProps {
  readonly tenant: TenantItem
  readonly version: number | undefined
  saved(): void
}

/** Who follows whom, by the rules of one preset. */
export function LinksStep(props: LinksStepProps) {
  const { tenant, version } = props
  const plan = useAnswer(`${tenant.id} ${version}`, (signal) => readPlan(tenant.id, signal))
  const { setUp: said } = words()
  const links = tenant.links ?? []
  if (links.length > 0) return <span>{said.linked(links.map(arrow).join(', '))}</span>
  if (!plan.value) return plan.error ? <PageFailed reason={plan.error.message} /> : <PageLoading />
  return <ChooseLinks {...props} plan={plan.value} />
}

function ChooseLinks({ tenant, version, saved, plan }: LinksStepProps & { plan: LinkPlan }) {
  const styles = useStyles()
  const { setUp: said } = words()
  const possible = possibleLinks(plan)
  const presets = plan.presets.filter(({ directions }) =>
    possible.some((link) => (plan.directions[`${link.from} ${link.to}`] ?? '') in directions),
  )
  const [preset, setPreset] = useState(plan.preset)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const { busy, refused, send } = useSending()
  const phrase = useHubPhrases()
  const chosen = possible.filter((link) => !left.has(arrow(link)))
  return (
    <>
      <p className={styles.text}>{said.linksText}</p>
      <Field
        label={said.preset}
        className={styles.field}
        hint={{
          children: <HubSpan>{presets.find(({ id }) => id === preset)?.summary}</HubSpan>,
        }}
      >
        <Select value={preset} onChange={(_, { value }) => setPreset(value)}>
          {presets.map(({ id, title }) => (
            <option key={id} value={id}>
              {phrase(title)}
            </option>
          ))}
        </Select>
      </Field>
      <div className={styles.checks}>
        {possible.map((link) => {
          const name = arrow(link)
          return (
            <Checkbox
              key={name}
              label={said.follows(titleOf(plan, link.to), titleOf(plan, link.from))}
              checked={!left.has(name)}
              onChange={(_, { checked }) => {
                const next = new Set(left)
                if (checked) next.delete(name)
                else next.add(name)
                setLeft(next)
              }}
            />
          )
        })}
      </div>
      <Refused text={refused} />
      <Button
        appearance="primary"
        disabled={busy || chosen.length === 0}
        onClick={() =>
          send(async () => {
            await saveTenant({ ...tenant, preset, links: chosen }, version)
            saved()
          })
        }
      >
        {said.link}
      </Button>
    </>
  )
}

/** From each phone system to Teams and back, where the one shows and the other can be set. */
function possibleLinks({ systems }: LinkPlan): readonly LinkItem[] {
  const phones = systems.filter(({ kind }) => kind === 'pbx')
  const teams = systems.filter(({ kind }) => kind === 'collaboration')
  const takes = ({ settable }: PlannedSystem) => settable.length > 0
  return phones.flatMap((phone) =>
    teams.flatMap((one) => [
      ...(takes(one) ? [{ from: phone.id, to: one.id }] : []),
      ...(takes(phone) ? [{ from: one.id, to: phone.id }] : []),
    ]),
  )
}

function arrow({ from, to }: LinkItem): string {
  return `${from} → ${to}`
}
