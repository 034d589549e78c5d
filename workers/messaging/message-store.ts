import { and, asc, count, desc, eq, inArray, lte, min, sql } from 'drizzle-orm'
import type { MessageId, PupilId } from '#kernel'
import { anyOf, type School, type Statement, toStatement } from '#shards'
import { type Author, type Message, type State, urgencyOf } from './message.ts'
import { candidates, messages } from './tables.ts'

type Row = typeof messages.$inferSelect
type NewRow = typeof messages.$inferInsert

/** Messages that the outbox is told of at a time. */
const MAX_DUE = 20
const MAX_UNDER_WAY = 500

/** Any message of the school; `findFor` is for people, who may see only some. */
export async function find(school: School, id: MessageId): Promise<Message | undefined> {
  const [row] = await school.db.select().from(messages).where(its(school, id))
  return row && opened(school, row)
}

/** A message that this person may see: their own, or any where they may see all. */
export async function findFor(
  school: School,
  author: Author,
  id: MessageId,
): Promise<Message | undefined> {
  const [row] = await school.db
    .select()
    .from(messages)
    .where(and(its(school, id), visibleTo(author)))
  return row && opened(school, row)
}

/** The newest messages that this person may see, of the states or about the pupil asked for. */
export async function list(
  school: School,
  author: Author,
  options: { states?: readonly State[]; about?: PupilId; limit: number; offset?: number },
): Promise<Message[]> {
  const rows = await school.db
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.schoolId, school.id),
        visibleTo(author),
        options.states && anyOf(messages.state, options.states),
        options.about && sentAbout(school, options.about),
      ),
    )
    .orderBy(desc(messages.createdAtMs), desc(messages.id))
    .limit(options.limit)
    .offset(options.offset ?? 0)
  return Promise.all(rows.map((row) => opened(school, row)))
}

export async function countByState(
  school: School,
  author: Author,
): Promise<Partial<Record<State, number>>> {
  const rows = await school.db
    .select({ state: messages.state, held: count() })
    .from(messages)
    .where(and(eq(messages.schoolId, school.id), visibleTo(author)))
    .groupBy(messages.state)
  return Object.fromEntries(rows.map((row) => [row.state, row.held]))
}

/** Scheduled messages whose time has come, the most urgent first, then the longest due. */
export async function nextDue(
  school: School,
  nowMs: number,
): Promise<{ id: MessageId; urgency: number }[]> {
  const rows = await school.db
    .select({ id: messages.id, category: messages.category })
    .from(messages)
    .where(and(scheduled(school), lte(messages.dueAtMs, nowMs)))
    .orderBy(
      sql`case ${messages.category} when 'emergency' then 0 when 'attendance' then 1 else 2 end`,
      asc(messages.dueAtMs),
      asc(messages.id),
    )
    .limit(MAX_DUE)
  return rows.map(({ id, category }) => ({ id, urgency: urgencyOf(category) }))
}

/** When the next scheduled message is to go; undefined where none waits. */
export async function nextDueAt(school: School): Promise<number | undefined> {
  const [row] = await school.db
    .select({ atMs: min(messages.dueAtMs) })
    .from(messages)
    .where(scheduled(school))
  return row?.atMs ?? undefined
}

/** Messages that are on their way. */
export async function inProgress(school: School): Promise<MessageId[]> {
  const rows = await school.db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.schoolId, school.id), eq(messages.state, 'sending')))
    .orderBy(asc(messages.startedAtMs))
    .limit(MAX_UNDER_WAY)
  return rows.map(({ id }) => id)
}

export async function added(school: School, message: Message): Promise<Statement> {
  return school.db
    .insert(messages)
    .values(await sealedRow(school, message))
    .toSQL()
}

/** The message with everything that was written anew, provided that it is still a draft. */
export async function rewritten(school: School, message: Message): Promise<Statement[]> {
  const { id, schoolId: _, createdAtMs: __, ...changes } = await sealedRow(school, message)
  return [
    stillIn(school, message.id, 'draft'),
    toStatement(school.db.update(messages).set(changes).where(its(school, id))),
  ]
}

/** The message in another state, provided that nothing moved it meanwhile. */
export const moved = (
  school: School,
  message: Pick<Message, 'id' | 'state'>,
  state: State,
  changes: Partial<NewRow> = {},
): Statement[] => [
  stillIn(school, message.id, message.state),
  school.db
    .update(messages)
    .set({ ...changes, state })
    .where(its(school, message.id))
    .toSQL(),
]

export const removed = (school: School, message: Message): Statement[] => [
  stillIn(school, message.id, message.state),
  school.db.delete(messages).where(its(school, message.id)).toSQL(),
]

/** Somebody was sent it about this pupil. */
const sentAbout = (school: School, pupilId: PupilId) =>
  inArray(
    messages.id,
    school.db
      .select({ id: candidates.messageId })
      .from(candidates)
      .where(
        and(
          eq(candidates.schoolId, school.id),
          eq(candidates.pupilId, pupilId),
          eq(candidates.isIncluded, true),
        ),
      ),
  )

const its = (school: School, id: MessageId) =>
  and(eq(messages.schoolId, school.id), eq(messages.id, id))

const scheduled = (school: School) =>
  and(eq(messages.schoolId, school.id), eq(messages.state, 'scheduled'))

export const visibleTo = (author: Author) =>
  author.seesAll ? undefined : eq(messages.authorId, author.id)

const stillIn = (school: School, id: MessageId, state: State): Statement =>
  school.expect(
    school.db
      .select({ id: messages.id })
      .from(messages)
      .where(and(its(school, id), eq(messages.state, state))),
  )

const opened = async (school: School, row: Row): Promise<Message> => {
  const { schoolId: _, ...rest } = row
  return { ...rest, content: await school.open(messages.content, row.id, row.content) }
}

const sealedRow = async (school: School, message: Message): Promise<NewRow & Pick<Row, 'id'>> => ({
  ...message,
  schoolId: school.id,
  content: await school.seal(messages.content, message.id, message.content),
})
