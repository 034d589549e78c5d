import { type Refusal, refuse, type SupportAccessId, type UserId } from '#kernel'
import type { Directory, School } from '#shards'
import { type Caller, fromWhere } from '../from-where.ts'
import type { SupportAccessRow } from '../store.ts'
import * as store from './store.ts'
import { ofEnd } from './tell-of-ends.ts'

/**
 * Ends an access now: the next click of whoever was in leads out. By somebody of the school, or by the
 * employee; it is `school`'s actor who does it. It ends before the trail tells of it: nothing may hold
 * that up.
 */
export async function endSupport(
  directory: Directory,
  school: School,
  id: SupportAccessId,
): Promise<Refusal<'over'> | undefined> {
  const ended = await store.ended(directory, school.id, id, school.actor.id as UserId)
  if (!ended) return refuse('over')

  await school.commit(ofEnd(school, ended))
  await directory.write(store.told(directory, id))
  return undefined
}

/** Ends what somebody of a school has let in by codes of theirs; says how many there were. */
export async function endOwnGuests(directory: Directory, school: School): Promise<number> {
  const live = await store.liveIn(directory, school.id)
  const guests = live.filter(({ screenedBy }) => screenedBy === school.actor.id)
  for (const { id } of guests) await endSupport(directory, school, id)
  return guests.length
}

/** An employee of the operator goes, or signs out: their access ends, and their session forgets it. */
export async function leaveSupport(
  directory: Directory,
  access: Pick<SupportAccessRow, 'id' | 'organisationId' | 'operatorId' | 'operatorRole'>,
  caller: Caller,
): Promise<void> {
  const { id, organisationId, operatorId, operatorRole } = access
  const actor = { kind: 'operator', id: operatorId, role: operatorRole, access: id } as const
  const area = await directory.school(organisationId, actor)
  if (!area) return

  await endSupport(directory, area.as({ ...actor, from: await fromWhere(area, caller) }), id)
  await directory.write(store.sessionLeft(directory, access))
}
