import * as access from '#access'
import * as schools from '#schools'
import type { PersonVisit, Visit } from '../route.ts'
import { sessionToken } from '../session-cookie.ts'

/** Who comes to a public page, where they are signed in and their organisation is open. */
export async function knownVisitor(visit: Visit): Promise<PersonVisit | undefined> {
  const user = await access.userOfSession(visit.directory, sessionToken(visit.c))
  const organisation = user && (await schools.find(visit.directory, user.organisationId))
  if (!organisation || !schools.isOpen(organisation)) return undefined
  return { ...visit, user, organisation }
}

/** The first page of a person's own area. */
export const areaOf = ({ kind }: schools.Organisation): string => `/${kind}`
