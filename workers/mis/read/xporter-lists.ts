import { problem } from '../records/roster.ts'
import type { FileProblem } from '../records/roster.ts'
import { MAX_RECORDS, isRecord, recordsOf, textOf } from './json.ts'
import type { JsonRecord } from './json.ts'

/** The answers of several of Xporter's endpoints, with the records of equal lists put together. */
export type Answers = {
  /** Records of a list by its name in lower case, in order. */
  list: (...names: string[]) => XporterRecord[]
  has: (name: string) => boolean
  /** Whether all pages of a list are there. */
  isWhole: (name: string) => boolean
  /** Whether it tells of changes since some day, so that who is missing has not left. */
  isDelta: boolean
  /** Ids of what was deleted since, of lists named `<name>_deleted`. */
  deleted: (name: string) => string[]
}

/** A record whose fields are asked for in lower case: `DateofBirth` and `DateOfBirth` both occur. */
export type XporterRecord = { line: number; fields: ReadonlyMap<string, unknown>; raw: JsonRecord }

export type AnswersRead = { ok: true; answers: Answers } | { ok: false; problem: FileProblem }

/**
 * One answer, an array of them, or an object that holds several lists at once; each may still stand in the
 * `{ request, status, body }` of a recording. Errors come with HTTP status 200 and an ExceptionMessage,
 * so they are looked for here: a list that is empty because of an error is not an empty school.
 */
export function readAnswers(value: unknown, maxRecords: number = MAX_RECORDS): AnswersRead {
  const bodies = (Array.isArray(value) ? recordsOf(value) : recordsOf([value])).map(bodyOf)
  const failed = bodies.find((body) => textOf(body['ExceptionMessage']) !== '')
  if (failed) {
    const type = textOf(failed['ExceptionType'])
    return problem('export-failed', /^[\w.]{1,60}$/.test(type) ? { detail: type } : {})
  }
  const lists = new Map<string, unknown[]>()
  for (const body of bodies) {
    for (const [name, list] of Object.entries(body)) {
      if (!Array.isArray(list)) continue
      const known = lists.get(name.toLowerCase()) ?? []
      lists.set(name.toLowerCase(), known)
      if (known.length + list.length > maxRecords) {
        return problem('too-many-rows', { detail: maxRecords.toLocaleString('en-GB') })
      }
      for (const each of list) known.push(each)
    }
  }
  return { ok: true, answers: answersOf(bodies, lists) }
}

const bodyOf = (answer: JsonRecord): JsonRecord => {
  const body = answer['body']
  return isRecord(body) && 'status' in answer ? body : answer
}

function answersOf(bodies: JsonRecord[], lists: ReadonlyMap<string, unknown[]>): Answers {
  const names = new Set(lists.keys())
  const saysChanges = (body: JsonRecord) =>
    Object.keys(body).some((name) => /changed_?rows|updatedsince|_deleted$/i.test(name))
  return {
    list: (...wanted) =>
      wanted
        .flatMap((name) => recordsOf(lists.get(name)))
        .map((raw, index) => recordOf(raw, index)),
    has: (name) => names.has(name),
    isWhole: (name) => isWhole(bodies.filter((body) => holds(body, name))),
    isDelta: bodies.some(
      (body) => saysChanges(body) || recordsOf(body['meta']).some((each) => saysChanges(each)),
    ),
    deleted: (name) =>
      (lists.get(`${name}_deleted`) ?? [])
        .map((each) => plainId(isRecord(each) ? (each['Id'] ?? each['id']) : each))
        .filter((id) => id !== ''),
  }
}

const recordOf = (raw: JsonRecord, index: number): XporterRecord => ({
  line: index + 1,
  fields: new Map(Object.entries(raw).map(([name, value]) => [name.toLowerCase(), value])),
  raw,
})

const holds = (body: JsonRecord, name: string): boolean =>
  Object.keys(body).some((key) => key.toLowerCase() === name)

/** An answer without pages is whole. With pages, each number up to the last has to be there. */
function isWhole(bodies: readonly JsonRecord[]): boolean {
  const paged = bodies.flatMap((body) => recordsOf(body['__pagination__']).slice(0, 1))
  if (paged.length === 0) return true
  const numbers = new Set(paged.map((each) => textOf(each['PageNumber'])))
  return paged.every((each) => textOf(each['PageCount']) === String(numbers.size))
}

export const fieldOf = ({ fields }: XporterRecord, name: string): string =>
  textOf(fields.get(name.toLowerCase()))

/** `PL-9919`, as ids stand in memberships, is the pupil 9919. */
export const plainId = (value: unknown): string => textOf(value).replace(/^[A-Z]{2,3}-(?=\d)/, '')

export const idOf = (record: XporterRecord, name: string = 'id'): string =>
  plainId(record.fields.get(name.toLowerCase()))
