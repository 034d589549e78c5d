import * as access from '#access'
import { newId, type SupportAccessId } from '#kernel'
import * as schools from '#schools'
import type { Directory, School } from '#shards'
import type { sessions } from '#workers/access/directory-tables.ts'
import { supportAccesses } from '#workers/access/support/directory-tables.ts'
import type { Cast } from '../cast/settle.ts'
import type { Person } from './people.ts'

/** The level at which somebody of the operator is in St Botolph's area. */
type Level = Pick<typeof supportAccesses.$inferInsert, 'role' | 'yearGroups'>
type MakeSession = (
  own: Person,
  change: Partial<typeof sessions.$inferInsert>,
) => Promise<string | undefined>

const asBell: Level = { role: 'basic', yearGroups: ['Year 3', 'Year 4'] }
const asAdministrator: Level = { role: 'administrator', yearGroups: null }

/**
 * People of the operator who are, or were, in St Botolph's area by its leave: there they are what was
 * lent to them, everywhere else themselves. Each session is let in anew, so that leaving spoils nothing.
 */
export async function thoseLetIn(
  directory: Directory,
  cast: Cast,
  { dot, sol }: Record<'dot' | 'sol', Person>,
  session: MakeSession,
): Promise<Person[]> {
  const organisation = await schools.find(directory, cast.botolphs.id)
  const products = organisation?.products ?? []
  const guest = (called: string, who: Person, name: 'dot' | 'sol', level: Level): Person => {
    const id = cast.operator.user(name)
    const actor = { kind: 'operator', id, role: who.role, access: null } as const
    return {
      ...who,
      called,
      lent: { role: level.role, years: level.yearGroups ?? null, products },
      school: cast.botolphs.school.as(actor),
      token: async () =>
        session(who, { supportAccessId: await letIn(directory, cast, name, level) }),
    }
  }
  const ended: Person = {
    ...dot,
    called: 'operator, Basic, whose access was ended',
    lent: 'over',
    token: async () => {
      const id = await letIn(directory, cast, 'dot', asBell, { endedAtMs: Date.now() })
      return session(dot, { supportAccessId: id })
    },
  }
  return [
    guest('operator, Basic, let in by a Basic User', dot, 'dot', asBell),
    guest('operator, Administrator, in by reason', sol, 'sol', asAdministrator),
    ended,
  ]
}

/** An access as letting in makes it, without the code, which has tests of its own. */
export async function letIn(
  directory: Directory,
  { botolphs, operator }: Cast,
  name: 'dot' | 'sol',
  level: Level = asBell,
  change: Partial<typeof supportAccesses.$inferInsert> = {},
): Promise<SupportAccessId> {
  const startedAtMs = directory.clock.now()
  const id = newId('support-access', startedAtMs)
  await directory.db.insert(supportAccesses).values({
    id,
    organisationId: botolphs.id,
    operatorId: operator.user(name),
    operatorRole: name === 'dot' ? 'operator-basic' : 'operator-administrator',
    screenedBy: level.role === 'basic' ? botolphs.user('bell') : null,
    ...level,
    record: await botolphs.school.seal(supportAccesses.record, id, { reason: 'A call for help' }),
    startedAtMs,
    endsAtMs: startedAtMs + access.SUPPORT_MS,
    ...change,
  })
  return id
}

/** Asked for by Sol, so that Kit may decide on it. */
export function exportOfBotolphs({ directory, cast }: { directory: Directory; cast: Cast }) {
  const id = cast.operator.user('sol')
  const actor = { kind: 'operator', id, role: 'operator-administrator', access: null } as const
  const customer: School = cast.botolphs.school.as(actor)
  const own = cast.operator.school.as({ kind: 'user', id })
  return access.requestBulkExport(
    directory,
    { customer, own },
    {
      what: 'users',
      reason: 'Asked for by the head',
    },
  )
}
