import * as access from '#access'
import { personAt } from '../door.ts'
import type { PersonVisit, Visit } from '../route.ts'
import { sessionToken } from '../session-cookie.ts'

/** Who comes to a public page, where they are signed in, all through, and their organisation is open. */
export async function knownVisitor(visit: Visit): Promise<PersonVisit | undefined> {
  const standing = await access.standing(visit.directory, sessionToken(visit.c))
  if (!standing || standing.needs) return undefined
  return personAt({ kind: 'public' }, visit, standing)
}
