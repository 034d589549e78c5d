import { eq, sql } from 'drizzle-orm'
import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import { type Directory, type School, statement, type Write } from '#shards'
import { organisations } from './directory-tables.ts'
import type { Organisation } from './organisation.ts'

/** What an organisation decides about its people's accounts. */
export type AccountSettings = Pick<Organisation, 'passwordDays' | 'idleMinutes' | 'absoluteHours'>

/** PRODUCT 3.2: "off, or every 30 to 365 days". */
export const PASSWORD_DAYS = { least: 30, most: 365 } as const
/** PRODUCT 3.4. Half an hour and half a day unless an organisation says otherwise. */
export const IDLE_MINUTES = { least: 5, most: 120 } as const
export const ABSOLUTE_HOURS = { least: 1, most: 24 } as const

export type SettingsRefusal = Refusal<
  'password-days-out-of-range' | 'idle-minutes-out-of-range' | 'absolute-hours-out-of-range'
>

/** What is wrong with settings, if anything. */
export function settingsProblem(settings: AccountSettings): SettingsRefusal | undefined {
  const { passwordDays, idleMinutes, absoluteHours } = settings
  if (passwordDays !== null && !isWithin(PASSWORD_DAYS, passwordDays)) {
    return refuse('password-days-out-of-range', 'passwordDays')
  }
  if (!isWithin(IDLE_MINUTES, idleMinutes))
    return refuse('idle-minutes-out-of-range', 'idleMinutes')
  return isWithin(ABSOLUTE_HOURS, absoluteHours)
    ? undefined
    : refuse('absolute-hours-out-of-range', 'absoluteHours')
}

/**
 * Changes how long passwords and sessions last in an organisation. The trail knows first, and has both what
 * was and what is. `alongside` is what follows from it elsewhere in the directory, in the same transaction.
 */
export async function changeSettings(
  directory: Directory,
  school: School,
  before: AccountSettings,
  after: AccountSettings,
  ...alongside: Write[]
): Promise<SettingsRefusal | undefined> {
  const problem = settingsProblem(after)
  if (problem) return problem

  const { passwordDays, idleMinutes, absoluteHours } = after
  const facts = {
    passwordDays: passwordDays ?? 'off',
    idleMinutes,
    absoluteHours,
    passwordDaysBefore: before.passwordDays ?? 'off',
    idleMinutesBefore: before.idleMinutes,
    absoluteHoursBefore: before.absoluteHours,
  }
  await school.commit(audit.entry(school, 'organisation.settings-changed', school.id, facts))
  await directory.write(
    directory.db
      .update(organisations)
      .set({ passwordDays, idleMinutes, absoluteHours })
      .where(eq(organisations.id, school.id)),
    alongside,
  )
  return undefined
}

/** Some of the organisations whose passwords are changed after so many days, drawn by lot. */
export const drawWithPasswordDays = (
  directory: Directory,
  limit: number,
): Promise<(Pick<Organisation, 'id' | 'name'> & { passwordDays: number })[]> =>
  directory.rows(
    statement(sql`
      select id, name, password_days as passwordDays from ${organisations}
      where password_days is not null and state not in ('locked', 'purged')
      order by random() limit ${limit}`),
  )

const isWithin = ({ least, most }: { least: number; most: number }, value: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most
