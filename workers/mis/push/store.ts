import type { Id, ImportId } from '#kernel'
import type { DfeNumber } from '#schools'
import { insertAll, type School, type Statement, type Write } from '#shards'
import type { Import } from '../import.ts'
import type { PushProblem } from './problem.ts'
import type { PushKind } from './wire.ts'
import { type Compared, its, noneAfter, still } from '../store.ts'
import { imports } from '../tables.ts'
import { namesSchool } from '../compare/whose-school.ts'

export type NewPush = {
  id: ImportId
  agentId: Id<'agent'>
  data: PushKind
  isPartial: boolean
  takenAtMs: number
  createdAtMs: number
  dfeNumber: DfeNumber | null
  ourName: string
}

/** What an agent has sent and nobody has opened yet; its own id is its fingerprint until then. */
export async function received(
  school: School,
  { dfeNumber, ourName, ...push }: NewPush,
): Promise<Statement[]> {
  const row = {
    ...push,
    schoolId: school.id,
    state: 'received' as const,
    kind: 'push' as const,
    source: 'agent' as const,
    record: await school.seal(imports.record, push.id, {
      fileName: '',
      school: null,
      dfeNumber,
      ourName,
    }),
    fileFingerprint: await school.fingerprint('text-file', push.id),
    kept: 'everything' as const,
    createdBy: push.agentId,
  }
  return insertAll(imports, [row], 'ignore')
}

/** It is open, and says of itself when its export was made and by which feed it came. */
export const told = (
  school: School,
  id: ImportId,
  said: Pick<Import, 'takenAtMs' | 'feed'>,
): Write[] => [
  still(school, id, 'takeIn'),
  school.db.update(imports).set(said).where(its(school, id)),
]

/** A push that nobody has to look at: compared and applied in one go. */
export async function takenIn(
  school: School,
  id: ImportId,
  { record, comparedAfter, ...found }: Compared,
): Promise<Write[]> {
  const sealed = await school.seal(imports.record, id, record)
  const position = comparedAfter + 1
  return [
    still(school, id, 'takeIn'),
    noneAfter(school, comparedAfter),
    school.db
      .update(imports)
      .set({
        ...found,
        state: 'applied',
        record: sealed,
        namesSchool: namesSchool(record.school),
        comparedAfter,
        position,
        closedAtMs: school.clock.now(),
      })
      .where(its(school, id)),
  ]
}

export const refused = (school: School, id: ImportId, because: PushProblem): Write[] => [
  still(school, id, 'refuse'),
  school.db
    .update(imports)
    .set({ state: 'refused', refusedBecause: because, closedAtMs: school.clock.now() })
    .where(its(school, id)),
]
