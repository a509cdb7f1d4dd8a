import type { ErrorObject } from 'ajv'
import { type Path, parsePointer } from './problem.ts'
import { suggestFix } from './suggest.ts'

export interface SchemaProblem {
  readonly path: Path
  readonly message: string
  readonly fix?: string
}

interface Annotated {
  readonly title?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, Annotated>>
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  null: 'nothing',
}

function nameTypes(type: unknown): string {
  return [type]
    .flat()
    .flatMap((word) => String(word).split(','))
    .map((word) => typeWords[word] ?? word)
    .join(' or ')
}

function nameTypeOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return typeWords[typeof value] ?? typeof value
}

function describe(schema: Annotated | undefined): string | undefined {
  return schema?.description ?? schema?.title
}

type Wording = (error: ErrorObject) => { readonly message: string; readonly fix?: string }

function withFix(message: string, fix: string | undefined): { message: string; fix?: string } {
  return fix === undefined ? { message } : { message, fix }
}

/** What each JSON Schema keyword says when it is not met. No value is printed except words of a fixed list. */
const wordings: Readonly<Record<string, Wording>> = {
  additionalProperties: ({ params, parentSchema }) => ({
    message: 'is not a known key',
    fix: suggestFix(String(params.additionalProperty), Object.keys(parentSchema?.properties ?? {})),
  }),
  required: ({ params, parentSchema }) =>
    withFix('is missing', describe((parentSchema as Annotated).properties?.[String(params.missingProperty)])),
  type: ({ params, data }) => ({ message: `must be ${nameTypes(params.type)}, but is ${nameTypeOf(data)}` }),
  enum: ({ params, data }) => {
    const allowed = (params.allowedValues as unknown[]).map(String)
    const near = typeof data === 'string' ? ` ${suggestFix(data, allowed)}` : ''
    return {
      message: `must be one of ${allowed.join(', ')}`,
      ...(near.includes('mean') ? { fix: near.trim() } : {}),
    }
  },
  const: ({ params }) => ({ message: `must be ${JSON.stringify(params.allowedValue)}` }),
  minimum: ({ params }) => ({ message: `must be at least ${params.limit}` }),
  maximum: ({ params }) => ({ message: `must be at most ${params.limit}` }),
  minLength: ({ params }) => ({
    message: params.limit === 1 ? 'is empty' : `must have at least ${params.limit} characters`,
  }),
  maxLength: ({ params }) => ({ message: `must have at most ${params.limit} characters` }),
  minItems: ({ params }) => ({ message: `must list at least ${params.limit}` }),
  maxItems: ({ params }) => ({ message: `must list at most ${params.limit}` }),
  uniqueItems: () => ({ message: 'lists the same thing twice' }),
  pattern: ({ parentSchema }) =>
    withFix('does not have the right form', describe(parentSchema as Annotated | undefined)),
  format: ({ params, parentSchema }) =>
    withFix(`is not a valid ${params.format}`, describe(parentSchema as Annotated | undefined)),
  dependentRequired: ({ params }) => ({ message: `needs ${params.missingProperty} beside it` }),
  not: ({ parentSchema }) =>
    withFix('is not allowed in this form', describe(parentSchema as Annotated | undefined)),
}

function word(error: ErrorObject): { message: string; fix?: string } {
  return wordings[error.keyword]?.(error) ?? { message: error.message ?? 'is not valid' }
}

function locate(error: ErrorObject, base: Path, root: unknown): Path {
  const path = [...base, ...parsePointer(error.instancePath, root)]
  const key = error.params.missingProperty ?? error.params.additionalProperty
  const names = error.keyword === 'required' || error.keyword === 'additionalProperties'
  return names && typeof key === 'string' ? [...path, key] : path
}

/** One sentence for a choice between forms, made from what each of them would have needed. */
function wordChoice(error: ErrorObject, branches: readonly ErrorObject[]): { message: string; fix?: string } {
  if (Array.isArray(error.params.passingSchemas)) return { message: 'mixes forms that exclude each other' }
  if (branches.length > 0 && branches.every(({ keyword }) => keyword === 'const')) {
    const allowedValues = branches.map(({ params }) => params.allowedValue)
    return word({ ...error, keyword: 'enum', params: { allowedValues } })
  }
  const wanted = branches.map((branch) => {
    const key = branch.params.missingProperty ?? branch.params.additionalProperty
    const subject = typeof key === 'string' ? `${key} ` : ''
    return `${subject}${word(branch).message}`
  })
  return { message: `fits none of its forms: ${[...new Set(wanted)].join('; or ')}` }
}

/** Ajv's errors in our words, one per fault. `base` is where `root` stands in the file. */
export function describeErrors(
  errors: readonly ErrorObject[],
  base: Path,
  root: unknown,
): readonly SchemaProblem[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
  const within = (error: ErrorObject, choice: ErrorObject) =>
    error !== choice && error.schemaPath.startsWith(`${choice.schemaPath}/`)
  return errors.flatMap((error) => {
    if (error.keyword === 'if') return []
    if (choices.some((choice) => within(error, choice) && error.instancePath.startsWith(choice.instancePath)))
      return []
    const path = locate(error, base, root)
    if (!choices.includes(error)) return [{ path, ...word(error) }]
    return [
      {
        path,
        ...wordChoice(
          error,
          errors.filter((other) => within(other, error)),
        ),
      },
    ]
  })
}
