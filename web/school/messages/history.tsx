import * as access from '#access'
import * as audit from '#audit'
import { showDateTime } from '#kernel'
import type { Message } from '#messaging'
import { Timeline } from '../../kit/index.ts'
import type { SchoolVisit } from '../../route.ts'
import { historyWords } from '../../words/messages.ts'

/** Entries of the trail that are looked through for a message's history: most are views of it. */
const MAX_ENTRIES = 1_000

type Happening = { title: string; by: string; atMs: number }

/** What was done to a message and by whom, newest first, as the trail has it. */
export async function historyOf(visit: SchoolVisit, message: Message): Promise<Happening[]> {
  const [entries, names] = await Promise.all([
    audit.about(visit.school, message.id, MAX_ENTRIES),
    access.namesOf(visit.directory, visit.organisation.id),
  ])
  return entries.flatMap(({ action, actorId, atMs }) => {
    const title = historyWords[action]
    return title ? [{ title, by: names.get(actorId) ?? 'Schoolgate', atMs }] : []
  })
}

export const History = ({ happenings }: { happenings: readonly Happening[] }) => (
  <>
    <h2 class="govuk-heading-m">History</h2>
    <Timeline
      headingLevel={3}
      items={happenings.map(({ title, by, atMs }) => ({
        title,
        by,
        when: showDateTime(atMs),
        at: new Date(atMs).toISOString(),
      }))}
    />
  </>
)
