import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ConfigProblem } from '../../../src/core/config-port.ts'

/** What the fields of a form share. */
export interface FormState {
  readonly readOnly: boolean
  /** What is to be said at a field; nothing before somebody was there. */
  problemsAt(path: string): readonly ConfigProblem[]
  /** Somebody was at this field. */
  touch(path: string): void
}

export interface CheckedForm extends FormState {
  /** What belongs to no field of the form. */
  readonly elsewhere: readonly ConfigProblem[]
  /** Nothing is wrong; undefined until the newest state was looked at. */
  readonly sound: boolean | undefined
  /** Shows everything that is wrong, at fields too where nobody was. */
  showAll(): void
}

export interface FormChecking<Value> {
  readonly value: Value
  readonly readOnly: boolean
  /** Paths within the form: `certificate.key`, `extensions[0].mail`; others are `tenants[0]...`. */
  check(value: Value, signal: AbortSignal): Promise<readonly ConfigProblem[]>
}

/** So long somebody may go on typing before the hub is asked, milliseconds. */
const pauseMs = 350

/** Has the hub look at a form while it is filled in: its own checks are the only ones. */
export function useCheckedForm<Value>({ value, readOnly, check }: FormChecking<Value>): CheckedForm {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [all, setAll] = useState(false)
  const [found, setFound] = useState<{ readonly of: Value; readonly problems: readonly ConfigProblem[] }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `check` asks the same for the same value
  useEffect(() => {
    if (readOnly) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      check(value, stop.signal).then(
        (problems) => stop.signal.aborted || setFound({ of: value, problems }),
        // The hub cannot be asked just now; it looks again when the form is sent.
        () => undefined,
      )
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [value, readOnly])
  const touch = useCallback(
    (path: string) => setTouched((before) => (before.has(path) ? before : new Set([...before, path]))),
    [],
  )
  return useMemo(() => {
    const problems = found?.problems ?? []
    const isHere = ({ path }: ConfigProblem) => !/^(tenants\[|http|signIn|alerts|log)|^$/.test(path)
    return {
      readOnly,
      touch,
      problemsAt: (path) => (all || touched.has(path) ? problems.filter((one) => one.path === path) : []),
      elsewhere: problems.filter((problem) => !isHere(problem)),
      sound: found && found.of === value ? problems.length === 0 : undefined,
      showAll: () => setAll(true),
    }
  }, [readOnly, touch, found, all, touched, value])
}
