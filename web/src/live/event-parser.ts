export interface ServerEvent {
  readonly event: string
  readonly data: string
  /** Where to go on after this event; left out where the hub gave none. */
  readonly id?: string
}

/**
 * Reads an event stream (WHATWG HTML, "Server-sent events") from text pieces cut anywhere. Returns how to feed it.
 * Comments and retry hints are passed over.
 */
export function createEventParser(emit: (event: ServerEvent) => void): (text: string) => void {
  let rest = ''
  let event = ''
  let data: string[] = []
  let id: string | undefined

  const takeLine = (line: string): void => {
    if (line === '') {
      if (data.length > 0)
        emit({ event: event || 'message', data: data.join('\n'), ...(id !== undefined && { id }) })
      event = ''
      data = []
      id = undefined
      return
    }
    const colon = line.indexOf(':')
    if (colon === 0) return
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') event = value
    if (field === 'data') data.push(value)
    if (field === 'id') id = value
  }

  return (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) takeLine(line.endsWith('\r') ? line.slice(0, -1) : line)
  }
}
