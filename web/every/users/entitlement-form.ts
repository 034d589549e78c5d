import { z } from 'zod'
import { type Entitlement, type Grant, grants, type Role, rolesOf } from '#access'
import type { FieldErrors } from '../../form.ts'
import { entitlementRefusals } from '../../words/users.ts'

export type Kind = keyof typeof rolesOf

/** What stands for all years in a form, where a year group could not be called so. */
export const EVERY_YEAR = '*'

/** What the boxes were answered, as it came: kept whatever is wrong with it. */
export type Ticked = { role: string; grants: string[]; years: string[] }

/** Fields that come several times. */
export const LISTS = ['grants', 'years'] as const

const texts = z.array(z.string()).catch([])
export const tickedFields = { role: z.string().catch(''), grants: texts, years: texts }
export const tickedForm = z.object(tickedFields)

/** The boxes as they stand for somebody who has this already. */
export const tickedFor = ({ role, grants: given, yearGroups }: Entitlement): Ticked => ({
  role,
  grants: [...given],
  years: yearGroups ? [...yearGroups] : [EVERY_YEAR],
})

type Offered = { kind: Kind; years: readonly string[] }

/**
 * What was chosen, of what was offered and nothing else. Years count for a Basic User only, so that those
 * left ticked under another role say nothing.
 */
export function entitlementIn(
  ticked: Ticked,
  { kind, years }: Offered,
): { ok: true; value: Entitlement } | { ok: false; errors: FieldErrors } {
  const role = (rolesOf[kind] as readonly Role[]).find((one) => one === ticked.role)
  const given = grants.filter((one) => ticked.grants.includes(one))
  const isKept = role === 'basic' && !ticked.years.includes(EVERY_YEAR)
  const chosen = years.filter((one) => ticked.years.includes(one))
  const errors: Record<string, string> = {}
  if (!role) errors['role'] = entitlementRefusals['no-such-role']
  if (!areOffered(ticked.grants, kind)) errors['grants'] = entitlementRefusals['no-grants-here']
  if (isKept && chosen.length === 0) errors['years'] = entitlementRefusals['no-year-group']
  if (!role || Object.keys(errors).length > 0) return { ok: false, errors }
  return { ok: true, value: { role, grants: given, yearGroups: isKept ? chosen : null } }
}

const areOffered = (ticked: readonly string[], kind: Kind): boolean =>
  kind === 'school' ? ticked.every((one) => grants.includes(one as Grant)) : ticked.length === 0
