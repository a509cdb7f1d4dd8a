import { BusFailure } from '../core/bus.ts'

const word = /^[A-Za-z0-9_-]+$/

/** @throws BusFailure refused for what is no subject; `*` only where it is listened to. */
export function checkSubject(subject: string, pattern = false): string {
  const isSubject = subject.split('.').every((one) => word.test(one) || (pattern && one === '*'))
  if (isSubject) return subject
  throw new BusFailure('refused', `"${subject}" is no subject: words of letters, digits, - and _ with dots`)
}

/** Whether a subject is one that the pattern stands for. */
export function isHeard(pattern: string, subject: string): boolean {
  const wanted = pattern.split('.')
  const words = subject.split('.')
  return wanted.length === words.length && wanted.every((one, index) => one === '*' || one === words[index])
}
