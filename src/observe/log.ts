import { type DestinationStream, destination, pino, stdTimeFunctions } from 'pino'
import type { Log, LogFields } from '../core/ports.ts'
import { prettyLine } from './pretty.ts'
import { createRedaction, type Redaction } from './redact.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

export interface LogOptions {
  /** Default `info`. */
  readonly level?: LogLevel
  /** Text for people instead of JSON lines. Default: whether standard error is a terminal. */
  readonly pretty?: boolean
  /** Colours in pretty text. Default: whether standard error is a terminal and NO_COLOR is not set. */
  readonly colour?: boolean
  /** Where lines go, each with its line end. Default: standard error. */
  readonly destination?: DestinationStream
}

/** A log that knows the secrets it must not show. */
export interface SafeLog extends Log {
  /**
   * From now on this value is replaced in every message, field, error and cause, also of logs made by `with`. False
   * for a value shorter than four characters, which is hidden by the name of its field only.
   */
  hide(value: string): boolean
  /** A text for other eyes (an HTTP answer, the terminal) without what the log would hide. */
  clean(text: string): string
}

/** Names that pino writes itself. */
const reserved = new Set(['level', 'time', 'msg'])

/** One JSON object a line: level, time (ISO 8601), msg, then the fields. Never throws. */
export function createLog(options: LogOptions = {}): SafeLog {
  const terminal = process.stderr.isTTY === true
  const { level = 'info', pretty = terminal, colour = terminal && !process.env.NO_COLOR } = options
  const sink = options.destination ?? standardError()
  const target = pretty ? { write: (line: string) => sink.write(prettyLine(line, colour)) } : sink
  const logger = pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    target,
  )
  const redaction = createRedaction()
  return {
    ...bind({
      redaction,
      enabled: (at) => logger.isLevelEnabled(at),
      write: (at, message, fields) => logger[at](fields, message),
      fields: {},
    }),
    hide: (value) => redaction.hide(value),
    clean: (text) => redaction.text(text),
  }
}

type Level = Exclude<LogLevel, 'silent'>

interface Binding {
  readonly redaction: Redaction
  readonly fields: LogFields
  enabled(level: Level): boolean
  write(level: Level, message: string, fields: object): void
}

function bind(binding: Binding): Log {
  const { redaction, fields: bound, enabled, write } = binding
  const say = (level: Level) => (message: string, fields?: LogFields) => {
    if (!enabled(level)) return
    // Bound fields are cleaned now, not when they were bound: a secret may have been registered since.
    const clean = redaction.value({ ...bound, ...fields })
    write(level, redaction.text(String(message)), withoutReserved(clean))
  }
  return {
    debug: say('debug'),
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
    with: (fields) => bind({ ...binding, fields: { ...bound, ...fields } }),
  }
}

function withoutReserved(clean: unknown): object {
  if (typeof clean !== 'object' || clean === null) return { fields: clean }
  return Object.fromEntries(
    Object.entries(clean).map(([key, value]) => [reserved.has(key) ? `${key}_` : key, value]),
  )
}

/** Written at once, so that the last words of a dying process are not lost; a closed pipe is not an error of ours. */
function standardError(): DestinationStream {
  const sink = destination({ fd: 2, sync: true })
  sink.on('error', () => {})
  return sink
}
