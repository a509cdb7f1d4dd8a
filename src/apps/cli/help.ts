import type { Command } from './command.ts'
import { exitCodes } from './exit-codes.ts'

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`).join('\n')
}

function listExitCodes(): string {
  return columns(Object.values(exitCodes).map(({ code, means }) => [String(code), means]))
}

/** `hookswitch --help` */
export function generalHelp(commands: readonly Command[], version: string): string {
  return `Hookswitch ${version}: keeps a person's presence the same in Microsoft Teams, the phone system and the CRM.

Usage: hookswitch COMMAND [OPTIONS]

Commands:
${columns(commands.map(({ name, summary }) => [name, summary]))}

Options:
${columns([
  ['-h, --help', 'Help; after a command, help on that command.'],
  ['-v, --version', 'The version of this program.'],
])}

Exit codes:
${listExitCodes()}

Try it: hookswitch demo
`
}

/** `hookswitch COMMAND --help` */
export function commandHelp(command: Command): string {
  const { name, summary, options, positional, details } = command
  const argument = positional ? (positional.required ? ` ${positional.name}` : ` [${positional.name}]`) : ''
  const rows: [string, string][] = Object.entries(options).map(([long, { short, value, description }]) => [
    `${short === undefined ? '    ' : `-${short}, `}--${long}${value === undefined ? '' : ` ${value}`}`,
    description,
  ])
  rows.push(['-h, --help', 'This help.'])
  const about = positional ? `\n${columns([[positional.name, positional.description]])}\n` : ''
  return `${summary}

Usage: hookswitch ${name}${argument} [OPTIONS]
${about}
Options:
${columns(rows)}
${details === undefined ? '' : `\n${details}\n`}
Exit codes:
${listExitCodes()}
`
}
