import { Field, Input, makeStyles, Select, Switch } from '@fluentui/react-components'
import { CheckGroup } from '../form/check-group.tsx'
import { CommaField } from '../form/comma-field.tsx'
import { words } from '../language/words.ts'
import { type Effective, presetRules } from './link-rules.ts'
import { linksWords } from './links-words.ts'
import type { DraftProps } from './row-table.tsx'
import { valueText } from './rule-words.ts'

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(280px, 100%), 1fr))',
    gap: '12px 20px',
    alignItems: 'end',
    '& > *': { minWidth: 0 },
    '& select': { minWidth: 0, width: '100%' },
  },
})

const parties = ['external', 'internal', 'unknown'] as const
type Flag = { [Key in keyof Effective]: Effective[Key] extends boolean ? Key : never }[keyof Effective]

/** Which calls count. What is left as the preset stands in no configuration. */
export function CallFields(props: DraftProps) {
  const styles = useStyles()
  const said = linksWords()
  const { plan, draft, readOnly, change } = props
  const preset = presetRules(plan, draft)
  const chosen = (draft.parties as Effective['parties'] | undefined) ?? preset.parties
  return (
    <div className={styles.fields}>
      <Field label={said.parties}>
        <CheckGroup
          words={parties}
          chosen={chosen}
          labelOf={(party) => said.partyNames[party]}
          isFixed={(party) => readOnly || (chosen.length === 1 && chosen.includes(party))}
          change={(next) => change({ ...draft, parties: next })}
        />
      </Field>
      {(['ringing', 'offHook', 'queue', 'starCodes'] as const).map((key) => (
        <FlagField key={key} name={key} {...props} />
      ))}
      <NumberField name="minimumLength" fallback={preset.minimumLength} {...props} />
      <NumberField name="grace" fallback={preset.grace} {...props} />
    </div>
  )
}

/** How the link follows. */
export function SwitchFields(props: DraftProps) {
  const styles = useStyles()
  const said = linksWords()
  const { plan, draft, readOnly } = props
  const preset = presetRules(plan, draft)
  const toTeams = plan.systems.find(({ id }) => id === draft.to)?.kind === 'collaboration'
  return (
    <div className={styles.fields}>
      {toTeams && <ChoiceField name="callsAs" options={said.callsAs} usual="inACall" {...props} />}
      <ChoiceField name="dnd" options={said.dnd} usual="follow" {...props} />
      {(['manualWins', 'ignoreIdle'] as const).map((key) => (
        <FlagField key={key} name={key} {...props} />
      ))}
      <ChoiceField name="atEnd" options={said.atEnd} fallback={preset.atEnd} {...props} />
      {toTeams && <FlagField name="clearAvailable" {...props} />}
      <FlagField name="overSchedule" {...props} />
      <NumberField name="signOutAfter" {...props} />
      <NumberField name="holdHours" usual={12} {...props} />
      {(['groups', 'people'] as const).map((name) => (
        <CommaField
          key={name}
          label={said.fields[name]}
          value={(draft[name] as readonly string[] | undefined) ?? []}
          readOnly={readOnly}
          change={(named) => props.change(withSetting(props, name, named.length === 0 ? undefined : named))}
        />
      ))}
      {toTeams && <SwitchField name="silenceTeams" {...props} />}
      <SwitchField name="optedInOnly" {...props} />
      <SwitchField name="observeOnly" {...props} />
    </div>
  )
}

type Named = keyof ReturnType<typeof linksWords>['fields']

function withSetting({ draft }: DraftProps, name: string, value: unknown): DraftProps['draft'] {
  const { [name]: _, ...rest } = draft
  return (value === undefined ? rest : { ...rest, [name]: value }) as DraftProps['draft']
}

/** Yes, no, or as the preset. */
function FlagField(props: DraftProps & { name: Flag }) {
  const said = linksWords()
  const { plan, draft, name, readOnly, change } = props
  const own = draft[name] as boolean | undefined
  return (
    <Field label={said.fields[name]}>
      <Select
        disabled={readOnly}
        value={own === undefined ? '' : String(own)}
        onChange={(_, { value }) => {
          change(withSetting(props, name, value === '' ? undefined : value === 'true'))
        }}
      >
        <option value="">{said.asThePreset(valueText(name, presetRules(plan, draft)[name]))}</option>
        <option value="true">{said.yes}</option>
        <option value="false">{said.no}</option>
      </Select>
    </Field>
  )
}

/** One of several words: with `fallback` as the preset has it, with `usual` left out where it is that. */
function ChoiceField(
  props: DraftProps & {
    name: 'callsAs' | 'dnd' | 'atEnd'
    options: Readonly<Record<string, string>>
    usual?: string
    fallback?: string
  },
) {
  const said = linksWords()
  const { draft, name, options, usual, fallback, readOnly, change } = props
  return (
    <Field label={said.fields[name]}>
      <Select
        disabled={readOnly}
        value={String(draft[name] ?? usual ?? '')}
        onChange={(_, { value }) =>
          change(withSetting(props, name, value === '' || value === usual ? undefined : value))
        }
      >
        {fallback !== undefined && (
          <option value="">{said.asThePreset(options[fallback] ?? fallback)}</option>
        )}
        {Object.entries(options).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
    </Field>
  )
}

function NumberField(props: DraftProps & { name: Named; fallback?: number; usual?: number }) {
  const said = linksWords()
  const { form } = words()
  const { draft, name, fallback, usual, readOnly, change } = props
  const own = draft[name]
  return (
    <Field label={said.fields[name]}>
      <Input
        type="number"
        disabled={readOnly}
        value={own === undefined ? '' : String(own)}
        {...(fallback !== undefined && { placeholder: said.asThePreset(String(fallback)) })}
        {...(usual !== undefined && { placeholder: form.usual(String(usual)) })}
        onChange={(_, { value }) =>
          change(withSetting(props, name, value === '' ? undefined : Number(value)))
        }
      />
    </Field>
  )
}

function SwitchField(props: DraftProps & { name: 'silenceTeams' | 'optedInOnly' | 'observeOnly' }) {
  const said = linksWords()
  const { draft, name, readOnly, change } = props
  return (
    <Switch
      label={said.fields[name]}
      disabled={readOnly}
      checked={draft[name] === true}
      onChange={(_, { checked }) => change(withSetting(props, name, checked || undefined))}
    />
  )
}
