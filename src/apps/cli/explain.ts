import type { ExplainView, SystemView } from '../../core/view.ts'
import { type Command, isSet, textOf } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { askHub, findHub, hubOptions, tenantQuery, tokenHelp } from './hub-client.ts'
import { readMoment } from './moment.ts'
import { plainLines } from './terminal-text.ts'

/** `2 min 3 s`, as exact as a reader wants it. */
export function formatAge(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24]
  const minutes = Math.floor(seconds / 60) % 60
  if (days > 0) return `${days} d ${hours} h`
  if (hours > 0) return `${hours} h ${minutes} min`
  if (minutes > 0) return `${minutes} min ${seconds % 60} s`
  return `${seconds} s`
}

function describeSystem({ connector, title, addresses, native, synced }: SystemView): string {
  const says = native ? native.label : 'nothing yet'
  const heard = synced ? '' : ' (not heard at the moment)'
  return `  ${connector} (${title}) at ${addresses.join(', ') || 'no address'}: ${says}${heard}`
}

function aside(text: string | undefined): string {
  return text === undefined || text === '' ? '' : ` (${text})`
}

/** The explanation as text. What comes from the hub is shown as it is, without control characters. */
function formatExplanation(view: ExplainView): string {
  const { person, at, rules, signals, decisions, history } = view
  const ago = (time: number) => `${formatAge(at - time)} ago`
  const lines = [
    `${person.displayName} <${person.upn}>, tenant ${person.tenant}: ${person.state.label}`,
    '',
    'Systems',
    ...person.systems.map(describeSystem),
    '',
    'What was heard',
    ...signals.map(
      ({ connector, address, what, since, heard, note }) =>
        `  ${connector} ${address}: ${what}, since ${formatAge(at - since)}, ${heard}${aside(note)}`,
    ),
    '',
    `What was decided${rules ? ` by version ${rules.version} of the rules${rules.pinned ? ' (pinned)' : ''}` : ''}`,
    ...decisions.flatMap(({ target, slot, wanted, because, rule, lost, status, detail }) => [
      `  ${target}${slot === undefined ? '' : ` ${slot}`}: ${wanted}, because ${because}${aside(rule)}; ${status}${aside(detail)}`,
      ...lost.map(({ signal, because: why }) => `    not ${signal}: ${why}`),
    ]),
    '',
    'What was written',
    ...history.map(
      ({ at: time, connector, address, slot, did, outcome, answeredAt, because }) =>
        `  ${ago(time)}, ${connector} ${address} ${slot}: ${did}: ${outcome}${afterText(time, answeredAt)}, because ${because}`,
    ),
  ]
  const empty = lines.map((line, index) =>
    line === '' || !isHeading(lines, index) ? line : `${line}: nothing`,
  )
  return plainLines(empty)
}

/** ` after 0.2 s`; nothing where there was no answer. */
function afterText(at: number, answeredAt: number | undefined): string {
  return answeredAt === undefined ? '' : ` after ${Math.max(0, answeredAt - at) / 1000} s`
}

function isHeading(lines: readonly string[], index: number): boolean {
  const next = lines[index + 1]
  return index > 0 && !lines[index]!.startsWith(' ') && (next === undefined || next === '')
}

export const explain: Command = {
  name: 'explain',
  summary: 'Tell why a person is shown as they are, or were.',
  options: {
    ...hubOptions,
    at: {
      type: 'string',
      value: 'TIME',
      description: 'A moment in the past: 2026-11-20T09:30, or how long ago: 30min, 2h, 3d.',
    },
    json: { type: 'boolean', description: 'The answer of the API as JSON.' },
  },
  positional: { name: 'UPN', description: 'Id or UPN of the person.', required: true },
  details: `The past is known as far back as history.days of the tenant; each look at it is noted in the audit log.
${tokenHelp}`,
  async run(parsed, io) {
    const who = encodeURIComponent(parsed.positionals[0]!)
    const query = tenantQuery(parsed)
    const moment = textOf(parsed, 'at')
    const at = moment === undefined ? '' : `at=${readMoment(moment, Date.now())}`
    const path = `/api/v1/people/${who}/explain${query}${at === '' ? '' : `${query === '' ? '?' : '&'}${at}`}`
    const view = (await askHub(findHub(parsed, io), { path }, io)) as ExplainView
    io.out(isSet(parsed, 'json') ? `${JSON.stringify(view, null, 2)}\n` : formatExplanation(view))
    return exitCodes.ok.code
  },
}
