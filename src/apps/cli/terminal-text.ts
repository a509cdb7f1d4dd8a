/** What comes from elsewhere (a name in a directory, a comment, the words of a system) must not steer the terminal. */
export function plainText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
}

/** Each on a line of its own, the last one too. */
export function plainLines(lines: readonly string[]): string {
  return lines.map((line) => `${plainText(line)}\n`).join('')
}

/** Wall clock in milliseconds as `2026-11-21 22:28:40`, UTC. */
export function utcText(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ')
}
