import type { Fingerprint } from '#vault'
import type { Roster } from '../records/roster.ts'
import type { Staged } from '../files/staged.ts'
import { isTopic, type Topic, topicsOf } from '../read/tells.ts'
import { doubtsOf } from './doubts.ts'
import type { Pushed } from './read-push.ts'

/** What a push says, as it is kept until its import is closed. */
export function stagedOf(pushed: Pushed, digest: Fingerprint, nowMs: number): Staged {
  const { opening, staff, consents, marks, conduct } = pushed
  const odd = doubtsOf(pushed, nowMs)
  const told = { ...toldBy(pushed), ...odd }
  switch (opening.kind) {
    case 'roster': {
      const roster = rosterOf(pushed)
      return { data: 'roster', reading: { roster, tells: tellsOf(pushed, roster) }, ...odd }
    }
    case 'staff':
      return { data: 'staff', ...told, staff }
    case 'consents':
      return { data: 'consents', ...told, consents }
    case 'registers':
      return { data: 'registers', ...told, marks, digest }
    case 'behaviour':
    case 'achievements':
    case 'detentions':
      return {
        data: opening.kind,
        ...told,
        conduct,
        ...(opening.days && { days: opening.days }),
        digest,
      }
  }
}

const toldBy = ({ opening, rejected, moreRejected }: Pushed) => ({
  source: opening.source,
  school: opening.school,
  isFull: opening.scope === 'full',
  rejected,
  moreRejected,
  dropped: opening.dropped,
})

function rosterOf(pushed: Pushed): Roster {
  const { opening, pupils, leavers, staff } = pushed
  const { areContactsPartial, saysNoContact } = opening
  return {
    ...toldBy(pushed),
    pupils,
    leavers,
    ...(staff.length > 0 && { staff }),
    ...(areContactsPartial && { areContactsPartial }),
    ...(saysNoContact && { saysNoContact }),
  }
}

/** Of a CSV the agent says it, as the mapping stays in the school. */
function tellsOf({ opening: { tells, saysNoContact } }: Pushed, roster: Roster): Topic[] {
  const said: Topic[] = tells?.filter(isTopic) ?? topicsOf(roster)
  return [...new Set(saysNoContact ? [...said, 'no-contact' as const] : said)].sort()
}
