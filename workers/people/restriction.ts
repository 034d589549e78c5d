import type { ContactId, Id, PupilId } from '#kernel'

export type RestrictionId = Id<'restriction'>

/** PRODUCT 6.3. `all-contact`: never anything; the others limit what is said. */
export type RestrictionScope = 'all-contact' | 'no-location' | 'reports-only'

export const scopes = [
  'all-contact',
  'no-location',
  'reports-only',
] as const satisfies RestrictionScope[]

/** Why, on what evidence, and who looks after it. Opened only for those who may see it. */
export type RestrictionRecord = { reason: string; evidence: string | null; owner: string | null }

/** `mis` ones come and go with the import that carries them. */
export type RestrictionSource = 'school' | 'mis'

/**
 * What restrictions make of a contact about one child. `unreadable` is a restriction that cannot be
 * read or makes no sense: it holds as if it said everything (PRODUCT 6.3, they fail closed).
 */
export type Standing = 'none' | RestrictionScope | 'unreadable'

export type RestrictionTerms = {
  scope: RestrictionScope
  startsAtMs: number
  reviewAtMs: number | null
  endedAtMs: number | null
}

/** A restriction that has not ended; one that begins later has the standing `none` until then. */
export type Restriction = RestrictionTerms & {
  id: RestrictionId
  contactId: ContactId
  /** Null: about every child of the school. */
  pupilId: PupilId | null
  source: RestrictionSource
  standing: Standing
  /** Null where it cannot be opened. */
  record: RestrictionRecord | null
}

/** What one restriction means at that instant. A review date that has passed does not end it. */
export function standingAt(terms: RestrictionTerms, isReadable: boolean, nowMs: number): Standing {
  if (!isReadable || !makesSense(terms)) return 'unreadable'
  if (terms.startsAtMs > nowMs) return 'none'
  if (terms.endedAtMs !== null && terms.endedAtMs <= nowMs) return 'none'
  return terms.scope
}

/** The strictest of several: a plain no before one that cannot be read, and that before any limit. */
export const strictest = (standings: readonly Standing[]): Standing =>
  strictness.find((one) => standings.includes(one)) ?? 'none'

/** How a contact stands about one child; a restriction without a child is about every child. */
export const standingOf = (
  restrictions: readonly Restriction[],
  contactId: ContactId,
  pupilId: PupilId,
): Standing =>
  strictest(
    restrictions
      .filter((one) => one.contactId === contactId)
      .filter((one) => one.pupilId === null || one.pupilId === pupilId)
      .map((one) => one.standing),
  )

const strictness: Standing[] = ['all-contact', 'unreadable', 'no-location', 'reports-only']

// Outside these years a date was never typed on purpose.
const EARLIEST_MS = Date.UTC(1990)
const LATEST_MS = Date.UTC(2200)

function makesSense({ scope, startsAtMs, reviewAtMs, endedAtMs }: RestrictionTerms): boolean {
  if (!(scopes as readonly string[]).includes(scope) || !isInstant(startsAtMs)) return false
  if (reviewAtMs !== null && (!isInstant(reviewAtMs) || reviewAtMs < startsAtMs)) return false
  return endedAtMs === null || (isInstant(endedAtMs) && endedAtMs >= startsAtMs)
}

const isInstant = (ms: number): boolean =>
  Number.isSafeInteger(ms) && ms >= EARLIEST_MS && ms < LATEST_MS
