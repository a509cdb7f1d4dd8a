/** One thing that is wrong in a configuration, where it is, and what to do. Never carries a secret value. */
export interface Problem {
  /** `tenants[0].connectors[1].port`; empty for the file as a whole. */
  readonly path: string
  /** Line in the YAML file, from 1. */
  readonly line?: number
  readonly message: string
  /** What to do about it, where the message does not say so already. */
  readonly fix?: string
}

export type Path = readonly (string | number)[]

/** `['tenants', 0, 'id']` → `tenants[0].id`. Keys that are not plain words are quoted. */
export function formatPath(path: Path): string {
  let text = ''
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`
    else if (/^[A-Za-z_][\w-]*$/.test(part)) text += text === '' ? part : `.${part}`
    else text += `[${JSON.stringify(part)}]`
  }
  return text
}

/** The pointer of RFC 6901 that Ajv reports, as a path; digits under a list become indexes. */
export function parsePointer(pointer: string, root: unknown): Path {
  const path: (string | number)[] = []
  let at = root
  for (const raw of pointer.split('/').slice(1)) {
    const key = raw.replaceAll('~1', '/').replaceAll('~0', '~')
    const part = Array.isArray(at) ? Number(key) : key
    path.push(part)
    at = readChild(at, part)
  }
  return path
}

/** The value under one key or index; undefined where there is none. */
export function readChild(value: unknown, part: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.hasOwn(value, part) ? (value as Record<string | number, unknown>)[part] : undefined
}

/** The value at a path. */
export function readPath(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(readChild, root)
}

/** Replaces the value at a path; does nothing where the way there does not exist. */
export function writePath(root: unknown, path: Path, value: unknown): void {
  const last = path.at(-1)
  const parent = readPath(root, path.slice(0, -1))
  if (last === undefined || typeof parent !== 'object' || parent === null) return
  ;(parent as Record<string | number, unknown>)[last] = value
}

const shownAtMost = 100

/** Every problem, one per line: `hookswitch.yaml:12: tenants[0].id: is missing. Give it ...`. */
export function formatProblems(file: string, problems: readonly Problem[]): string {
  const lines = problems.slice(0, shownAtMost).map((problem) => {
    const place = problem.line === undefined ? file : `${file}:${problem.line}`
    const subject = problem.path === '' ? '' : `${problem.path} `
    const fix = problem.fix === undefined ? '' : ` ${problem.fix}`
    return `${place}: ${subject}${problem.message}.${fix}`
  })
  const more = problems.length - shownAtMost
  if (more > 0) lines.push(`${file}: ${more} more problems are not shown.`)
  return lines.join('\n')
}

/** The configuration cannot be used; `problems` has all of them, in the order of the file. */
export class ConfigError extends Error {
  readonly file: string
  readonly problems: readonly Problem[]

  constructor(file: string, problems: readonly Problem[]) {
    super(formatProblems(file, problems))
    this.name = 'ConfigError'
    this.file = file
    this.problems = problems
  }
}
