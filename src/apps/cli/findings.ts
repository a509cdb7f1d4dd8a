import type { Finding } from '../../core/connector.ts'

export interface CheckedConnector {
  readonly connector: string
  readonly findings: readonly Finding[]
}

/** Whether anything is to be put right. */
export function hasFault(findings: readonly Finding[]): boolean {
  return findings.some(({ level }) => level === 'warning' || level === 'error')
}

/** Findings as text, one connector after the other, each fault with its fix. */
export function formatFindings(checked: readonly CheckedConnector[]): string {
  const lines = checked.flatMap(({ connector, findings }) => [
    connector,
    ...findings.flatMap(({ level, text, fix }) => [
      `  ${level.padEnd(8)}${text}`,
      ...(fix === undefined ? [] : [`  ${' '.repeat(8)}-> ${fix}`]),
    ]),
  ])
  return lines.map((line) => `${line}\n`).join('')
}
