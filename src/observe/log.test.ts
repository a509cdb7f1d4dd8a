import { describe, expect, test } from 'vitest'
import { createLog, type LogOptions } from './log.ts'

function capture(options: LogOptions = {}) {
  const lines: string[] = []
  const log = createLog({
    pretty: false,
    level: 'debug',
    destination: { write: (line) => lines.push(line) },
    ...options,
  })
  return { log, lines, last: (): Record<string, unknown> => JSON.parse(lines.at(-1)!) }
}

describe('createLog', () => {
  test('writes one JSON object a line: level, time, message, fields', () => {
    const { log, lines, last } = capture()
    log.info('started', { port: 8080 })
    expect(lines[0]).toMatch(/^\{.*\}\n$/)
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      msg: 'started',
      port: 8080,
    })
  })

  test('leaves out what is below its level, and everything when silent', () => {
    const warnings = capture({ level: 'warn' })
    warnings.log.debug('a')
    warnings.log.info('b')
    warnings.log.warn('c')
    warnings.log.error('d')
    expect(warnings.lines.length).toBe(2)
    const silent = capture({ level: 'silent' })
    silent.log.error('e')
    expect(silent.lines).toEqual([])
  })

  test('a log made by `with` adds its fields, and knows secrets registered later', () => {
    const { log, last } = capture()
    const child = log.with({ tenant: 'contoso', note: 'the hunter2hunter2 value' }).with({ connector: 'pbx' })
    expect(log.hide('hunter2hunter2')).toBe(true)
    child.warn('no answer from hunter2hunter2', { tenant: 'other' })
    expect(last()).toMatchObject({
      tenant: 'other',
      connector: 'pbx',
      note: 'the [hidden] value',
      msg: 'no answer from [hidden]',
    })
  })

  test('errors keep type, message, code and causes, without their secrets', () => {
    const { log, lines, last } = capture()
    log.hide('hunter2hunter2')
    const cause = Object.assign(new Error('login hunter2hunter2 refused'), { code: 'EAUTH' })
    log.error('failed', { error: new TypeError('cannot start', { cause }) })
    expect(lines[0]).not.toContain('hunter2')
    expect(last().error).toMatchObject({
      type: 'TypeError',
      message: 'cannot start',
      stack: expect.stringContaining('TypeError: cannot start'),
      cause: { message: 'login [hidden] refused', code: 'EAUTH' },
    })
  })

  test('fields cannot forge the level, the time or a second line', () => {
    const { log, lines, last } = capture()
    log.info('one\n{"level":"error"}', { level: 'error', time: 0, msg: 'x' })
    expect(lines[0]!.indexOf('\n')).toBe(lines[0]!.length - 1)
    expect(last()).toMatchObject({ level: 'info', level_: 'error', time_: 0, msg_: 'x' })
  })

  test('odd input is logged, not thrown', () => {
    const { log, lines } = capture()
    log.info(undefined as unknown as string, new Error('as fields') as unknown as Record<string, unknown>)
    log.info('%s %d', { a: undefined, b: 10n })
    expect(lines.length).toBe(2)
  })

  test('clean gives the same text to other eyes', () => {
    const { log } = capture()
    log.hide('hunter2hunter2')
    expect(log.clean('GET /?token=abc with hunter2hunter2')).toBe('GET /?token=[hidden] with [hidden]')
  })
})

describe('pretty text', () => {
  test('time, level, message, fields, then the error with its cause', () => {
    const { log, lines } = capture({ pretty: true, colour: false })
    const error = new Error('outer', { cause: new Error('inner') })
    log.warn('no answer', { connector: 'pbx', note: 'two words', error })
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} WARN {2}no answer connector=pbx note="two words"\n/)
    expect(lines[0]).toMatch(/\n {4}Error: outer\n[\s\S]*\n {4}caused by\n {4}Error: inner\n/)
    log.hide('hunter2hunter2')
    log.info('hunter2hunter2')
    expect(lines[1]).not.toContain('hunter2')
  })

  test('control characters cannot move the cursor or forge a line', () => {
    const { log, lines } = capture({ pretty: true, colour: false })
    log.info('a\x1b[2Jb\r\nERROR forged\x9b', { 'k\x07': '\x1b]0;title\x07', error: new Error('x\x1b[31m') })
    expect(lines[0]!.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
    expect(lines[0]!.split('\n')[0]).toContain('forged')
  })

  test('colours on request only', () => {
    const { log, lines } = capture({ pretty: true, colour: true })
    log.error('red')
    expect(lines[0]).toContain('\x1b[31mERROR')
  })
})
