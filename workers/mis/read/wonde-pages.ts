import { isRecord, recordsOf, textOf } from './json.ts'
import type { JsonRecord } from './json.ts'
import { one } from './wonde-values.ts'

/** What came of one kind of thing: the pages as they were and all their records, in order. */
export type Paged = { pages: JsonRecord[]; records: JsonRecord[] }

export type Bundle = {
  students: Paged
  deletions: Paged
  employees: Paged
  school: JsonRecord | undefined
}

/** Undefined where it is nothing of Wonde's. */
export function bundleOf(value: unknown): Bundle | undefined {
  const isBundle = isRecord(value) && ('students' in value || 'deletions' in value)
  if (isBundle) {
    return {
      students: paged(value['students']),
      deletions: paged(value['deletions']),
      employees: paged(value['employees']),
      school: one(value['school']),
    }
  }
  const found = paged(value)
  const students = { ...found, records: found.records.filter(isStudent) }
  const gone = found.records.filter(isDeletion)
  const isOfOthers = found.records.length > 0 || found.pages.length === 0
  if (students.records.length + gone.length === 0 && isOfOthers) return undefined
  const deletions = { pages: gone.length > 0 ? found.pages : [], records: gone }
  return { students, deletions, employees: paged(undefined), school: undefined }
}

/** One page, an array of pages, or the records themselves, which count as one page. */
function paged(value: unknown): Paged {
  const list = Array.isArray(value) ? recordsOf(value) : isRecord(value) ? [value] : []
  const pages = list.filter((each) => Array.isArray(each['data']))
  if (pages.length > 0) return { pages, records: pages.flatMap((page) => recordsOf(page['data'])) }
  const records = list.filter((each) => !('data' in each))
  return { pages: records.length > 0 ? [{}] : [], records }
}

const isDeletion = (record: JsonRecord): boolean => 'deleted_at' in record

const isStudent = (record: JsonRecord): boolean =>
  !isDeletion(record) && ('mis_id' in record || 'upi' in record) && 'surname' in record

/**
 * Whether every page is there. What fits on one page has no pagination at all; else pages are numbered, and
 * the last says that there are no more. Pages by cursor have no numbers, so that nobody leaves by them.
 */
export function areWhole(pages: readonly JsonRecord[]): boolean {
  const numbered = pages.map((page) => one(one(page['meta'])?.['pagination']))
  if (pages.length === 1 && !numbered[0]) return true
  const numbers = new Set(numbered.map((each) => textOf(each?.['current_page'])))
  const last = numbered.find((each) => each && isLast(each))
  const lastNumber = Number(textOf(last?.['current_page']))
  if (!last || !Number.isInteger(lastNumber) || lastNumber < 1) return false
  return numbers.size === lastNumber && numbers.has('1')
}

const isLast = (pagination: JsonRecord): boolean =>
  'more' in pagination ? pagination['more'] === false : pagination['next'] === null
