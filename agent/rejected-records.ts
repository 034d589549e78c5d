import {
  MAX_FIELD_CHARACTERS,
  MAX_REJECTED_SENT,
  type PayloadRecord,
} from '../workers/mis/push/payload.ts'
import type { Rejected } from '../workers/mis/records/roster.ts'
import type { Batch } from './read-feed.ts'

/**
 * What Schoolgate is told of the rows that could not be used: where and why, so that somebody of the school puts
 * them right, never what they say. Whom a row is about is told in a list of everybody alone, so that they are
 * not taken for leavers.
 */
export function rejectedRecords({ about, rejected, moreRejected }: Batch): {
  readonly records: readonly PayloadRecord[]
  readonly moreRejected: number
} {
  const told = rejected.slice(0, MAX_REJECTED_SENT)
  return {
    records: told.map((each) => ({ rejected: recordOf(each, about.scope === 'full') })),
    moreRejected: moreRejected + rejected.length - told.length,
  }
}

function recordOf({ line, field, reason, subject, of, key }: Rejected, isFull: boolean): Rejected {
  const hidesSomebody = subject === 'row' && !ADDS_NOTHING.has(reason)
  const isTold = isFull && hidesSomebody && key && Object.values(key).some((part) => part !== null)
  return {
    line,
    field: field.slice(0, MAX_FIELD_CHARACTERS) || 'Row',
    reason,
    subject,
    ...(of && { of }),
    ...(isTold && { key }),
  }
}

/** Of these the same person is in the export by another row. */
const ADDS_NOTHING: ReadonlySet<Rejected['reason']> = new Set(['duplicate', 'too-many-contacts'])
