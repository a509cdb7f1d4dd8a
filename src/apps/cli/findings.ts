import type { Finding } from '../../core/connector.ts'

export interface CheckedConnector {
  readonly connector: string
  readonly findings: readonly Finding[]
}

/** Whether anything is to be put right. */
export function hasFault(findings: readonly Finding[]): boolean {
  return findings.some(({ level }) => level === 'warning' || level === 'error')
}

/**
 * Findings as text, one connector after the other, each fault with its fix. `clean` takes secrets out of one text; it
 * shortens long ones, so that it is given each finding by itself and never the whole.
 */
export function formatFindings(
  checked: readonly CheckedConnector[],
  clean: (text: string) => string,
): string {
  const lines = checked.flatMap(({ connector, findings }) => [
    connector,
    ...findings.flatMap(({ level, text, fix }) => [
      `  ${level.padEnd(8)}${clean(text)}`,
      ...(fix === undefined ? [] : [`  ${' '.repeat(8)}-> ${clean(fix)}`]),
    ]),
  ])
  return lines.map((line) => `${line}\n`).join('')
}
