import { and, ne, sql } from 'drizzle-orm'
import type { Refusal } from '#kernel'
import type { Directory, Statement } from '#shards'
import { openIds } from './customer-store.ts'
import { organisations } from './directory-tables.ts'
import type { Organisation } from './organisation.ts'

/** Whoever is refused is told who has the number: only so can anybody tell which of the two is wrong. */
export type DfeNumberTaken = Refusal<'dfe-number-taken'> & { readonly heldBy: string }

type Numbered = Pick<Organisation, 'id'> & { dfeNumber?: Organisation['dfeNumber'] }

/**
 * The refusal where another open organisation has this number. A school's data is told from another's by it. One
 * that is locked or purged is sent none, and so holds no number: whoever opens it again is asked anew.
 */
export async function dfeNumberProblem(
  directory: Directory,
  numbered: Numbered,
): Promise<DfeNumberTaken | undefined> {
  const [other] = await others(directory, numbered)
  return other && { refused: 'dfe-number-taken', field: 'dfeNumber', heldBy: other.name }
}

/** Makes the write it is part of fail if another open organisation has the number by then. */
export const dfeNumberFree = (directory: Directory, numbered: Numbered): Statement[] =>
  numbered.dfeNumber ? [directory.expectNone(others(directory, numbered))] : []

/** Nobody has no number: nothing equals null. */
const others = (directory: Directory, { id, dfeNumber = null }: Numbered) =>
  directory.db
    .select({ name: organisations.name })
    .from(organisations)
    .where(
      and(
        sql`${organisations.dfeNumber} = ${dfeNumber}`,
        ne(organisations.id, id),
        sql`${organisations.id} in (${openIds})`,
      ),
    )
    .limit(1)
