import * as audit from '#audit'
import { invariant, newId, type Id, type UserId } from '#kernel'
import type { Directory, School } from '#shards'
import { hashOf, newToken } from '../session.ts'
import * as sessionStore from '../store.ts'
import type { Role } from '../user.ts'
import { supportAccesses } from './directory-tables.ts'
import { SUPPORT_MS, type SchoolRole } from './level.ts'
import * as store from './store.ts'
import { tellOfEnds } from './tell-of-ends.ts'

/** Somebody of the operator who wants to be in a customer's area, and the session they are in. */
export type Employee = {
  id: UserId
  role: Role
  sessionId: Id<'session'>
  /** The operator's own area: its trail knows too. */
  school: School
}

/** In until then, by this token: the one they had before is worth nothing. */
export type Entered = { token: string; untilMs: number }

type Given = {
  role: SchoolRole
  yearGroups: string[] | null
  screenedBy: UserId | null
  reason: string
}

/**
 * Half an hour in a customer's area, never with a grant. The customer's trail knows first. An employee
 * is in one area at a time: an access that they have elsewhere ends in the write that begins this one, so
 * that of two at once one is left.
 */
export async function begin(
  directory: Directory,
  customer: School,
  employee: Employee,
  { role, yearGroups, screenedBy, reason }: Given,
): Promise<Entered> {
  const startedAtMs = directory.clock.now()
  const id = newId('support-access', startedAtMs)
  const actor = { kind: 'operator', id: employee.id, role: employee.role, access: id } as const
  const { from } = customer.actor
  const school = customer.as({ ...actor, ...(from && { from }) })
  const row = {
    id,
    organisationId: school.id,
    operatorId: employee.id,
    operatorRole: employee.role,
    screenedBy,
    role,
    yearGroups,
    record: await school.seal(supportAccesses.record, id, { reason }),
    startedAtMs,
    endsAtMs: startedAtMs + SUPPORT_MS,
  }
  const token = newToken()
  const idHash = await hashOf(token)
  invariant(idHash, 'a new token is a token')

  await school.commit(audit.entry(school, 'support.started', id, { role, screenedBy }))
  const own = employee.school
  await own.commit(audit.entry(own, 'support.started', id, { organisation: school.id, role }))
  const session = { id: employee.sessionId, idHash }
  await directory.write(
    store.allEndedOf(directory, employee.id, employee.id),
    store.started(directory, row),
    sessionStore.rotated(directory, session, { supportAccessId: id }),
  )
  await tellOfEnds(directory, employee.id)
  return { token, untilMs: row.endsAtMs }
}
