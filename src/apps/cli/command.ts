import type { ParseArgsConfig } from 'node:util'

/** What a command may touch of the process; tests give their own. */
export interface Io {
  out(text: string): void
  err(text: string): void
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Whether a person sits there who can be asked. */
  readonly interactive: boolean
  /** Rejects once the signal is aborted. */
  ask(question: string, signal?: AbortSignal): Promise<string>
  /** Standard input, line by line. */
  lines?(): AsyncIterable<string>
  /** Calls at each SIGHUP; answers how to stop. */
  hungUp?(listener: () => void): () => void
  /** Resolves at the first SIGINT or SIGTERM, or when the process that started this one as its part is gone. */
  interrupted(): Promise<string>
}

export interface OptionSpec {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  /** How the value is called in the help, such as FILE. */
  readonly value?: string
  /** May be given several times: what was given then is one text, joined by commas. */
  readonly repeatable?: true
  readonly description: string
}

export interface Parsed {
  /** Options as given; a string option that was not given is absent. */
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  readonly positionals: readonly string[]
}

export interface Command {
  /** One word, or two for a command of a group. */
  readonly name: string
  readonly summary: string
  readonly options: Readonly<Record<string, OptionSpec>>
  readonly positional?: {
    readonly name: string
    readonly description: string
    readonly required: boolean
    /** How many there may be; one where it is left out. */
    readonly most?: number
  }
  /** Paragraphs of the help, after the options. */
  readonly details?: string
  run(parsed: Parsed, io: Io): Promise<number>
}

/** The options in the shape that node:util parseArgs takes. */
export function parserOptions(command: Command): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(
    Object.entries(command.options).map(([name, { type, short, repeatable }]) => [
      name,
      { type, ...(short !== undefined && { short }), ...(repeatable && { multiple: true }) },
    ]),
  )
}

export function textOf(parsed: Parsed, name: string): string | undefined {
  const value = parsed.values[name]
  return typeof value === 'string' ? value : undefined
}

export function isSet(parsed: Parsed, name: string): boolean {
  return parsed.values[name] === true
}
