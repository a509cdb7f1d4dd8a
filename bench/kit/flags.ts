import { parseArgs } from 'node:util'

/** What every benchmark understands besides its own numbers. */
export interface CommonFlags {
  /** Write the table into docs/figures.md as well. */
  readonly markdown: boolean
  /** Time targets are multiplied and rate targets divided by this; 1 is what was promised. */
  readonly relax: number
  /** Write a CPU profile of the hub into this directory. */
  readonly profile: string | undefined
}

export interface NumberFlag {
  readonly default: number
  readonly help: string
}

/**
 * Reads `--name number` flags beside the common ones. `--help`, an unknown flag and a value that is no positive
 * number end the process, with the list of flags and exit code 0 or 2.
 */
export function readFlags<Name extends string>(
  about: string,
  numbers: Readonly<Record<Name, NumberFlag>>,
): CommonFlags & { readonly [K in Name]: number } {
  const names = Object.keys(numbers) as Name[]
  const { values } = parse(about, numbers)
  if (values.help) stop(usage(about, numbers), 0)
  const read = (name: string, otherwise: number) => {
    const value = values[name] === undefined ? otherwise : Number(values[name])
    if (!Number.isFinite(value) || value <= 0) stop(`--${name}: must be a number above 0`, 2)
    return value
  }
  const found = Object.fromEntries(names.map((name) => [name, read(name, numbers[name].default)]))
  return {
    markdown: values.markdown === true,
    relax: read('relax', 1),
    profile: typeof values.profile === 'string' ? values.profile : undefined,
    ...(found as { [K in Name]: number }),
  }
}

function parse(about: string, numbers: Readonly<Record<string, NumberFlag>>) {
  const text = (name: string) => [name, { type: 'string' as const }]
  const options = {
    help: { type: 'boolean' as const },
    markdown: { type: 'boolean' as const },
    ...Object.fromEntries(['relax', 'profile', ...Object.keys(numbers)].map(text)),
  }
  try {
    return parseArgs({ options, strict: true }) as { values: Record<string, string | boolean | undefined> }
  } catch (error) {
    return stop(`${error instanceof Error ? error.message : String(error)}\n${usage(about, numbers)}`, 2)
  }
}

function usage(about: string, numbers: Readonly<Record<string, NumberFlag>>): string {
  const lines = Object.entries(numbers).map(([name, flag]) => [
    `--${name} N`,
    `${flag.help} (default ${flag.default})`,
  ])
  const common = [
    ['--relax N', 'multiply the time targets, divide the rate targets (default 1)'],
    ['--markdown', 'write the table into docs/figures.md as well'],
    ['--profile DIR', 'write a CPU profile of the hub into this directory'],
  ]
  return [about, '', ...[...lines, ...common].map(([flag, help]) => `  ${flag!.padEnd(16)} ${help}`)].join(
    '\n',
  )
}

function stop(text: string, code: number): never {
  process.stderr.write(`${text}\n`)
  process.exit(code)
}
