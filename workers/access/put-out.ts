import * as audit from '#audit'
import { describeError, log, type OrganisationId, type UserId } from '#kernel'
import type { Directory, School, Write } from '#shards'
import { areaBy } from './area-by.ts'
import type { InvitationId } from './invitations/invitation.ts'
import * as invitationStore from './invitations/store.ts'
import * as store from './store.ts'
import * as supportStore from './support/store.ts'
import { tellOfEnds } from './support/tell-of-ends.ts'

/** What goes with a deed that puts somebody out, and what is told elsewhere once it is done. */
export type PutOut = { writes: Write[]; told: () => Promise<void> }

/**
 * Ends all that is open in somebody's name: their sessions, the customers' areas that an employee of the
 * operator is in, and what they have let support into by a code of theirs.
 */
export const signedOut = (directory: Directory, school: School, id: UserId): PutOut => ({
  writes: [
    store.allEnded(directory, school, id),
    supportStore.allEndedOf(directory, id, actorOf(school)),
  ],
  told: () => tellOfEnds(directory, id),
})

/**
 * The same of somebody who is no longer to say who comes in: what they invited to and nobody accepted yet is
 * taken back, at customers too where they are an employee of the operator. Each area's trail tells of its own.
 */
export async function putOut(
  directory: Directory,
  school: School,
  id: UserId,
): Promise<PutOut & { facts: audit.Facts }> {
  const out = signedOut(directory, school, id)
  const open = await invitationStore.openBy(directory, id)
  return {
    facts: open.length > 0 ? { invitations: open.length } : {},
    writes: [...out.writes, invitationStore.allWithdrawnOf(directory, id)],
    told: async () => {
      await out.told()
      await withdrawalsTold(directory, school, open)
    },
  }
}

const actorOf = ({ actor }: School): UserId | null => (actor.kind === 'system' ? null : actor.id)

type Asked = { id: InvitationId; organisationId: OrganisationId }

async function withdrawalsTold(
  directory: Directory,
  school: School,
  withdrawn: readonly Asked[],
): Promise<void> {
  const areas = Map.groupBy(withdrawn, ({ organisationId }) => organisationId)
  for (const [organisation, theirs] of areas) {
    try {
      const isHere = organisation === school.id
      const area = isHere ? school : await areaBy(directory, organisation, actorOf(school))
      const because = 'inviter-out'
      const entries = (at: School) =>
        theirs.map(({ id }) => audit.entry(at, 'invitation.withdrawn', id, { because }))
      if (area) await area.commit(entries(area))
    } catch (error) {
      log('withdrawals.not-told', { organisation, ...describeError(error) })
    }
  }
}
