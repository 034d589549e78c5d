import * as audit from '#audit'
import { firstName, type Pupil } from '#people'
import type { SchoolVisit } from '../../route.ts'
import { asLooks, LooksTable } from './looks-table.tsx'

const SHOWN = 5

/** Who has looked at this record lately, but for the look that is being had. */
export async function LatestLooks({ visit, found }: { visit: SchoolVisit; found: Pupil }) {
  const { school, user } = visit
  const sinceMs = school.clock.now() - NOW_MS
  const entries = await audit.looks(school, found.id, { limit: 2 * SHOWN })
  const others = entries.filter(({ actorId, atMs }) => actorId !== user.id || atMs < sinceMs)
  const looks = await asLooks(visit, others.slice(0, SHOWN))
  return (
    <>
      <LooksTable
        visit={visit}
        looks={looks}
        caption={`Who has looked at ${firstName(found.record)}’s record`}
      />
      {looks.length > 0 && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/school/pupils/${found.id}/looks`}>
            Everybody who has looked
          </a>
        </p>
      )}
    </>
  )
}

/** The look that is being had is written down while the page is made: it may be in already, or not yet. */
const NOW_MS = 5_000
