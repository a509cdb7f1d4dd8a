/** How a command can end. Numbers from 64 on are those of sysexits.h. */
export const exitCodes = {
  ok: { code: 0, means: 'Done; nothing was found wrong.' },
  findings: {
    code: 1,
    means:
      'The command did its work and found something wrong: a failed check, a write that could not be taken back.',
  },
  usage: { code: 64, means: 'The command line is not right; nothing was done.' },
  noInput: { code: 66, means: 'There is no such person.' },
  unavailable: { code: 69, means: 'The hub, or something that the command needs, cannot be reached.' },
  software: { code: 70, means: 'Something unexpected happened; the message says what. Please report it.' },
  cannotCreate: {
    code: 73,
    means: 'A file, a folder or a port cannot be had, for example because another hookswitch uses it.',
  },
  noPermission: {
    code: 77,
    means:
      'The API token is missing, unknown, or may not do this; a site was revoked, or its code lets nobody in.',
  },
  config: {
    code: 78,
    means:
      'The configuration is not right, its keys are missing or not those of the other hubs, or this Node.js is too old.',
  },
  interrupted: { code: 130, means: 'Interrupted a second time, before the hub had stopped in order.' },
} as const

export type ExitName = keyof typeof exitCodes

/** Ends a command with one sentence on standard error and its exit code. */
export class CliError extends Error {
  readonly exit: ExitName

  constructor(exit: ExitName, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.name = 'CliError'
    this.exit = exit
  }
}

/** docs/exit-codes.md. */
export function exitCodeDocs(): string {
  const rows = Object.values(exitCodes).map(({ code, means }) => `| ${code} | ${means} |`)
  return `# Exit codes

This page is generated from the program (\`hookswitch --help\` shows the same); do not edit it.

| code | meaning |
|---|---|
${rows.join('\n')}
`
}
