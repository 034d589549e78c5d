import { sql } from 'drizzle-orm'
import * as access from '#access'
import * as audit from '#audit'
import { atMost, describeError, isQuietHours, log, londonDay, type OrganisationId } from '#kernel'
import * as schools from '#schools'
import { type Directory, type School, statement, system } from '#shards'
import { posted } from './posted.ts'
import { registerChange } from './register-change.ts'

/** Customers told in one minute; five queries each, of the thousand that an invocation may make. */
const TOLD_A_MINUTE = 100
/** Shards looked through in one minute, drawn by lot, for the same reason. */
const SHARDS_A_MINUTE = 20
const WIDTH = 4

export type Telling = {
  /** Where we are reached, without a slash at the end. */
  origin: string
  support: string
  /** Whether pretend carriers are in the register too. */
  hasSandbox: boolean
  /** The configured ones, where a test does not bring its own. */
  processors?: readonly schools.Party[]
}

/**
 * Writes to those in charge at every customer whom an announced change of processors concerns, once for
 * each change (PRODUCT 2.3): the trail's entry is in the same commit and is what says that it was done. It
 * opens names and addresses, so it runs where sealed data may be opened.
 */
export async function tellOfChanges(directory: Directory, telling: Telling): Promise<void> {
  const nowMs = directory.clock.now()
  if (isQuietHours(nowMs)) return
  const { hasSandbox, processors } = telling
  const options = { today: londonDay(nowMs), hasSandbox, ...(processors && { processors }) }
  let left = TOLD_A_MINUTE
  for (const change of schools.changesAhead(undefined, options)) {
    for (const shard of drawnShards(directory)) {
      const due = (await untold(directory, shard, change)).slice(0, left)
      left -= due.length
      await atMost(WIDTH, due, (id) => tellOne(directory, { shard, id, change, telling }))
    }
  }
}

const drawnShards = ({ premises }: Directory): number[] =>
  premises.shards
    .map((_, shard) => ({ shard, lot: Math.random() }))
    .toSorted((a, b) => a.lot - b.lot)
    .slice(0, SHARDS_A_MINUTE)
    .map(({ shard }) => shard)

/** Customers of a shard whom the change concerns, and whose trail does not say that they were told. */
async function untold(directory: Directory, shard: number, change: schools.RegisterChange) {
  const concerned = await schools.subscribed(directory, shard, change.products)
  return directory.schoolsHaving(
    shard,
    statement(sql`
      select one.value as school_id from json_each(${JSON.stringify(concerned)}) as one
      where not exists (
        select 1 from trail where school_id = one.value and subject = ${change.id}
          and action = 'register.change-announced')
      order by random() limit ${TOLD_A_MINUTE}`),
  )
}

type One = { shard: number; id: OrganisationId; change: schools.RegisterChange; telling: Telling }

/** One that fails does not hold up the others, and is tried again in a minute. */
async function tellOne(directory: Directory, { shard, id, change, telling }: One): Promise<void> {
  try {
    const organisation = await schools.find(directory, id)
    const school = directory.schoolAt(shard, id, system('clock'))
    if (organisation && school) await tell(directory, school, { organisation, change, telling })
  } catch (error) {
    log('register.not-told', { school: id, ...describeError(error) })
  }
}

type Told = Pick<One, 'change' | 'telling'> & { organisation: schools.Organisation }

/** Where nobody is in charge yet, they are told once somebody is. */
async function tell(
  directory: Directory,
  school: School,
  { organisation, change, telling: { origin, support } }: Told,
): Promise<void> {
  const everybody = await access.list(directory, school)
  const inCharge = everybody.filter(
    ({ state, role }) => state === 'active' && access.isInCharge(role),
  )
  if (inCharge.length === 0) return
  const link = `${origin}/${organisation.kind}/register`
  const letters = await Promise.all(
    inCharge.map(({ name, email }) => {
      const to = { name, email, organisation: organisation.name }
      return posted(school, registerChange({ ...to, change, link, support }))
    }),
  )
  const because = 'announced'
  await school.commit(
    audit.noneSince(school, 'register.change-announced', change.id, { because, sinceMs: 0 }),
    ...letters,
    audit.entry(school, 'register.change-announced', change.id, {
      because,
      people: inCharge.length,
    }),
  )
}
