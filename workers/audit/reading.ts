import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import { newId, type PupilId, type SupportAccessId } from '#kernel'
import { anyOf, type School } from '#shards'
import { trail } from './tables.ts'

export type TrailEntry = typeof trail.$inferSelect

/** What somebody looks for in the trail; what is not named does not matter. */
export type Filter = {
  /** Who did it: a user's id, or a part of the machine. */
  actor?: string | undefined
  actions?: readonly string[] | undefined
  subject?: string | undefined
  /** Only what the operator’s people did. */
  isOperators?: boolean | undefined
  /** By which leave of the school the operator was there. */
  access?: SupportAccessId | undefined
  /** From this instant, and until before that one. */
  fromMs?: number | undefined
  untilMs?: number | undefined
}

/** `before` is the id of the last entry of the page before this one. */
export type Page = { limit: number; before?: string | undefined }

/** The newest entries that fit, newest first; each filter reads just what it shows. */
export const list = (school: School, { limit, before, ...filter }: Page & Filter) =>
  school.db
    .select()
    .from(trail)
    .where(
      isOfActionsAlone(filter)
        ? newestOfEach(school, filter, { limit, before })
        : fits(school, filter, before),
    )
    .orderBy(desc(trail.id))
    .limit(limit)

/** One entry; undefined where this school's trail has none of that id. */
export async function find(school: School, id: string): Promise<TrailEntry | undefined> {
  const [found] = await school.db
    .select()
    .from(trail)
    .where(and(eq(trail.schoolId, school.id), sql`id = ${id}`))
  return found
}

/** How many fit, counted up to `most`. */
export async function count(school: School, filter: Filter, most: number): Promise<number> {
  const some = school.db
    .select({ id: trail.id })
    .from(trail)
    .where(fits(school, filter))
    .limit(most)
    .as('some')
  const [found] = await school.db.select({ entries: sql<number>`count(*)` }).from(some)
  return found?.entries ?? 0
}

/** What was done to one subject, newest first. */
export const about = (school: School, subject: string, limit: number) =>
  list(school, { subject, limit })

/** Entries of somebody who saw a pupil's record, or why there are restrictions about them. */
const LOOKS: readonly string[] = ['pupil.viewed', 'restriction.viewed']

/** Who has looked at a pupil's record, newest first. */
export const looks = (school: School, pupil: PupilId, { limit, before }: Page) =>
  list(school, { subject: pupil, actions: LOOKS, limit, before })

const isOfActionsAlone = ({ actor, actions, subject, access, isOperators }: Filter): boolean =>
  actions !== undefined && !actor && !subject && !access && !isOperators

/**
 * SQLite picks an index by how many columns fit, not by how few rows: the plus keeps it from all but the
 * first that is named here, of which there are always the fewest (SQLite manual, query planner: unary +).
 */
function fits(school: School, filter: Filter, before?: string): SQL | undefined {
  const { actor, actions, subject, access } = filter
  const isOperators = filter.isOperators || access !== undefined
  const plus = (isLeading: boolean) => sql.raw(isLeading ? '' : '+')
  return and(
    eq(trail.schoolId, school.id),
    ...within(filter, before),
    subject ? eq(trail.subject, subject) : undefined,
    isOperators ? sql`actor_kind = 'operator'` : undefined,
    access ? sql`${trail.facts} ->> 'access' = ${access}` : undefined,
    actor ? sql`${plus(!subject && !isOperators)}${trail.actorId} = ${actor}` : undefined,
    actions
      ? anyOf(sql`${plus(!subject && !isOperators && !actor)}${trail.action}`, actions)
      : undefined,
  )
}

/** The newest of each action by its own index; their newest are the newest of all. */
const newestOfEach = (school: School, filter: Filter, { limit, before }: Page): SQL =>
  sql`${trail.id} in (
    select found.id from json_each(${JSON.stringify(filter.actions)}) as wanted
    join trail as found on found.id in (
      select id from trail
      where school_id = ${school.id} and action = wanted.value
        and ${and(...within(filter, before), sql`true`)}
      order by id desc limit ${limit}))`

/** Ids begin with the time, so a span of time is a span of ids. */
const within = ({ fromMs, untilMs }: Filter, before?: string): (SQL | undefined)[] => [
  before === undefined ? undefined : sql`id < ${before}`,
  fromMs === undefined ? undefined : sql`id >= ${firstIdAt(fromMs)}`,
  untilMs === undefined ? undefined : sql`id < ${firstIdAt(untilMs)}`,
]

const TIME_CHARACTERS = 'ent_'.length + 10

const firstIdAt = (ms: number): string =>
  newId('entry', Math.max(0, Math.floor(ms))).slice(0, TIME_CHARACTERS)
