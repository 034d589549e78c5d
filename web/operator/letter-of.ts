import * as delivery from '#delivery'
import { parseId } from '#kernel'
import type { SchoolVisit } from '../route.ts'

/** The dead letter that the path names; undefined where there is none, or it has been dealt with. */
export async function letterOf(
  visit: SchoolVisit,
): Promise<delivery.deadLetters.DeadLetter | undefined> {
  const id = parseId('dead-letter', visit.param('letter'))
  return id && delivery.deadLetters.find(visit.directory, id)
}
