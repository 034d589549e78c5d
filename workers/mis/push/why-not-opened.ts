import * as agents from '#agents'
import * as schools from '#schools'
import { kindsFor } from './allow-list.ts'
import type { PushProblem } from './problem.ts'

/**
 * Why a push is not even opened, if so. Asked when its turn comes, as with a message: between its arrival and
 * then a contract may have ended, or a product of it.
 */
export function whyNotOpened(
  { kind, attempts }: agents.Push,
  organisation: schools.Organisation,
): PushProblem | undefined {
  if (!schools.isOpen(organisation)) return 'school-locked'
  if (!kindsFor(organisation.products).some((wanted) => wanted === kind)) return 'not-subscribed'
  return attempts >= agents.MAX_ATTEMPTS ? 'could-not-be-applied' : undefined
}
