import * as access from '#access'
import * as mis from '#mis'
import * as people from '#people'
import type { SchoolVisit } from '../../route.ts'
import { sendersOf } from './senders.ts'

/** All that the page of an import says. */
export type ImportFacts = {
  imported: mis.Import
  report: mis.Report | undefined
  /** Names of who uploaded it and who approved it. */
  uploadedBy: string
  approvedBy: string | undefined
  /** When this very file was applied before. */
  appliedBeforeMs: number | null
  pupilsOnRoll: number
  /** What was taken later and had been applied: null where nothing was, or where it came in time. */
  overtakenBy: mis.Import | null
}

export async function factsOf(visit: SchoolVisit, imported: mis.Import): Promise<ImportFacts> {
  const { school, directory, env } = visit
  const [report, before, users, pupilsOnRoll, sentBy, newer] = await Promise.all([
    mis.reportOf(school, env.FILES, imported, 'viewed'),
    mis.lastApplied(school, imported.fileFingerprint),
    access.list(directory, school),
    people.countPupils(school),
    sendersOf(visit),
    isLeftUndone(imported) ? mis.overtakenBy(school, imported) : undefined,
  ])
  const names = new Map<string, string>(users.map((user) => [user.id, user.name]))
  const isAnother = before !== undefined && before.id !== imported.id
  return {
    imported,
    report,
    uploadedBy: sentBy(imported),
    approvedBy: imported.approvedBy ? (names.get(imported.approvedBy) ?? 'Schoolgate') : undefined,
    appliedBeforeMs: isAnother ? before.closedAtMs : null,
    pupilsOnRoll,
    overtakenBy: newer ?? null,
  }
}

const isLeftUndone = ({ state, refusedBecause }: mis.Import): boolean =>
  state === 'held' || state === 'previewed' || refusedBecause === 'overtaken'
