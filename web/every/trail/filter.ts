import { startOfDay, type SupportAccessId, parseId, parseIsoDate } from '#kernel'
import type { Filter } from '#audit'
import type { FieldErrors } from '../../form.ts'
import { groupOf, machineWords, type GroupName, trailGroups } from '../../words/trail.ts'

/**
 * What somebody looks for in the trail, as it stands in a URL: ids, days and words of ours, and never a
 * name. Who is looked for by name is found on a page of its own, which leads here with an id.
 */
export type Looked = {
  /** A user's id, a part of the machine, or `operator` for everybody of the operator. */
  who: string
  what: GroupName | ''
  subject: string
  access: SupportAccessId | ''
  /** Days, as 2026-11-23; both count. */
  from: string
  to: string
}

export const everything: Looked = { who: '', what: '', subject: '', access: '', from: '', to: '' }

export const OPERATOR = 'operator'

/** Reads what came in a URL or a form. What cannot be one of ours is left out; days say what is wrong. */
export function lookedFor(given: (name: string) => string | undefined): Looked {
  const [from, to] = [given('from')?.trim() ?? '', given('to')?.trim() ?? '']
  return {
    who: whoIn(given('who')),
    what: groupOf(given('what')) ?? '',
    subject: idIn(given('subject')),
    access: parseId('support-access', given('access')) ?? '',
    from: from.slice(0, MAX_DAY),
    to: to.slice(0, MAX_DAY),
  }
}

export function errorsOf({ from, to }: Looked): FieldErrors {
  const errors: Record<string, string> = {}
  if (from !== '' && !isDay(from)) errors['from'] = 'Enter the first day like 2026-09-01'
  if (to !== '' && !isDay(to)) errors['to'] = 'Enter the last day like 2026-09-30'
  if (Object.keys(errors).length === 0 && from !== '' && to !== '' && to < from) {
    errors['to'] = 'The last day must not be before the first'
  }
  return errors
}

/** For the trail itself. A day that is none does not narrow it. */
export function filterOf({ who, what, subject, access, from, to }: Looked): Filter {
  return {
    ...(who === OPERATOR ? { isOperators: true } : who !== '' && { actor: who }),
    ...(what !== '' && { actions: Object.keys(trailGroups[what].actions) }),
    ...(subject !== '' && { subject }),
    ...(access !== '' && { access }),
    ...(isDay(from) && { fromMs: startOfDay(from) }),
    ...(isDay(to) && { untilMs: dayAfter(to) }),
  }
}

/** "?who=usr_…&from=2026-09-01", with something changed; nothing where all is looked for. */
export function queryOf(
  looked: Looked,
  change: Partial<Looked> & { before?: string } = {},
): string {
  const all = Object.entries({ ...looked, ...change }).filter(([, value]) => value)
  return all.length === 0 ? '' : `?${new URLSearchParams(all as [string, string][])}`
}

/** What an export or its form carries along: only what narrows. */
export const fieldsOf = (looked: Looked): Record<string, string> =>
  Object.fromEntries(Object.entries(looked).filter(([, value]) => value !== ''))

const MAX_DAY = 10
const ID_PATTERN = /^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$/

export const idIn = (typed: string | undefined): string => {
  const text = typed?.trim() ?? ''
  return ID_PATTERN.test(text) ? text : ''
}

function whoIn(typed: string | undefined): string {
  const isOurs = typed === OPERATOR || Object.hasOwn(machineWords, typed ?? '')
  return isOurs ? (typed ?? '') : (parseId('user', typed) ?? '')
}

const isDay = (text: string): boolean => {
  const read = parseIsoDate(text)
  return read.ok && text >= '2000' && text < '2200'
}

/** A day of 23, 24 or 25 hours: whatever the clock does that night. */
function dayAfter(day: string): number {
  const noon = new Date(`${day}T12:00:00Z`)
  noon.setUTCDate(noon.getUTCDate() + 1)
  return startOfDay(noon.toISOString().slice(0, 10))
}
