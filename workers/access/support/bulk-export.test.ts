import { describe, expect, test } from 'vitest'
import type { UserId } from '#kernel'
import { bulkExportStanding, DECIDE_WITHIN_MS, FETCH_WITHIN_MS, mayDecide } from './bulk-export.ts'

const asked = { requestedAtMs: 1_000, decision: null, decidedAtMs: null, fetchedAtMs: null }
const approved = { ...asked, decision: 'approved' as const, decidedAtMs: 5_000 }

describe('a bulk export', () => {
  test('waits for a second person, for a week', () => {
    expect(bulkExportStanding(asked, 1_000)).toBe('waiting')
    expect(bulkExportStanding(asked, 1_000 + DECIDE_WITHIN_MS)).toBe('lapsed')
  })

  test('is refused for good', () => {
    const refused = { ...asked, decision: 'refused' as const, decidedAtMs: 5_000 }
    expect(bulkExportStanding(refused, 5_001)).toBe('refused')
  })

  test('is ready for an hour, then missed', () => {
    expect(bulkExportStanding(approved, 5_001)).toBe('ready')
    expect(bulkExportStanding(approved, 5_000 + FETCH_WITHIN_MS)).toBe('missed')
  })

  test('is fetched once', () => {
    expect(bulkExportStanding({ ...approved, fetchedAtMs: 6_000 }, 6_001)).toBe('fetched')
  })

  test('is decided by somebody else', () => {
    expect(mayDecide({ requestedBy: 'usr_sol' as UserId }, 'usr_kit' as UserId)).toBe(true)
    expect(mayDecide({ requestedBy: 'usr_sol' as UserId }, 'usr_sol' as UserId)).toBe(false)
  })
})
