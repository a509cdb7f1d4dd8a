/** What a dialplan touches outside itself. */
export interface DialplanWorld {
  readonly exten: string
  readonly caller: string
  readonly linkedid: string
  /** CURL(): the body, or nothing when there is no answer in time. */
  curl(
    url: string,
    request: { readonly headers: readonly string[]; readonly seconds: number },
  ): Promise<string>
  deviceState(device: string): string
}

interface Step {
  readonly label: string | undefined
  readonly application: string
  readonly data: string
}

/** Reads one context of extensions.conf with a single pattern, and the globals. */
export function readDialplan(text: string, context: string) {
  const globals = new Map<string, string>()
  const steps: Step[] = []
  let section = ''
  for (const line of text.split('\n')) {
    const heading = /^\[(.+)\]$/.exec(line)
    if (heading) section = heading[1]!
    else if (section === 'globals' && line.includes('=')) globals.set(...split(line))
    else if (section === context && line.trim() !== '') steps.push(readStep(line))
  }
  return { globals, steps }
}

function split(line: string): [string, string] {
  const at = line.indexOf('=')
  return [line.slice(0, at), line.slice(at + 1)]
}

function readStep(line: string): Step {
  const found =
    /^(?:exten => _X\.,1| same => n(?:\((\w+)\))?),(\w+)\((.*)\)$/.exec(line) ?? fail(`no step: ${line}`)
  return { label: found[1], application: found[2]!, data: found[3]! }
}

function fail(why: string): never {
  throw new Error(why)
}

/**
 * Runs the steps as Asterisk would, as far as they use Set, ExecIf, GotoIf, Dial, Busy and Hangup, the functions CURL,
 * CURLOPT, URIENCODE, CALLERID, CHANNEL and DEVICE_STATE, and comparison of texts. Answers the applications that a
 * caller notices, such as `Dial(PJSIP/1001,30)`.
 */
export async function runDialplan(
  { globals, steps }: ReturnType<typeof readDialplan>,
  world: DialplanWorld,
): Promise<string> {
  const variables = new Map([...globals, ['EXTEN', world.exten]])
  const options = new Map<string, string[]>()
  const functions: Readonly<Record<string, (argument: string) => string | Promise<string>>> = {
    CURL: (url) =>
      world.curl(url, {
        headers: options.get('httpheader') ?? [],
        seconds: Number(options.get('httptimeout')?.at(-1)),
      }),
    URIENCODE: encodeURIComponent,
    CALLERID: (what) => (what === 'num' ? world.caller : fail(`CALLERID(${what})`)),
    CHANNEL: (what) => (what === 'linkedid' ? world.linkedid : fail(`CHANNEL(${what})`)),
    DEVICE_STATE: (device) => world.deviceState(device),
  }

  async function lookUp(inner: string): Promise<string> {
    const called = /^(\w+)\((.*)\)$/.exec(inner)
    if (called) return (functions[called[1]!] ?? fail(`no function ${called[1]}`))(called[2]!)
    const [name = '', from, length] = inner.split(':')
    const value = variables.get(name) ?? ''
    return from === undefined ? value : value.slice(Number(from), Number(from) + Number(length))
  }

  /** Replaces `${...}` from the inside out. */
  async function expand(text: string): Promise<string> {
    const innermost = /\$\{([^${}]*)\}/.exec(text)
    if (!innermost) return text
    const value = await lookUp(innermost[1]!)
    return expand(text.slice(0, innermost.index) + value + text.slice(innermost.index + innermost[0].length))
  }

  function isTrue(expression: string): boolean {
    const compared = /^\$\["(.*)" = "(.*)"\]$/.exec(expression) ?? fail(`no comparison: ${expression}`)
    return compared[1] === compared[2]
  }

  function set(data: string): void {
    const [name, value] = split(data)
    const option = /^CURLOPT\((\w+)\)$/.exec(name)?.[1]
    if (option) options.set(option, [...(options.get(option) ?? []), value])
    else variables.set(name, value)
  }

  for (let at = 0; at < steps.length; at++) {
    const { application, data: raw } = steps[at]!
    const data = await expand(raw)
    const [condition = '', then = ''] = data.split('?').length > 1 ? splitCondition(data) : []
    if (application === 'Set') set(data)
    else if (application === 'ExecIf') {
      const inner = /^Set\((.*)\)$/.exec(then) ?? fail(`ExecIf of ${then}`)
      if (isTrue(condition)) set(inner[1]!)
    } else if (application === 'GotoIf') {
      if (isTrue(condition)) at = steps.findIndex(({ label }) => label === then) - 1
    } else if (['Dial', 'Busy', 'Hangup'].includes(application)) return `${application}(${data})`
    else fail(`no application ${application}`)
  }
  return 'nothing'
}

function splitCondition(data: string): [string, string] {
  const at = data.indexOf(']?') + 1
  return [data.slice(0, at), data.slice(at + 1)]
}
