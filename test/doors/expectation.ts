import { may, mayAsOperator } from '#web/may.ts'
import type { Door, Route } from '#web/route.ts'
import type { Person } from './people.ts'

/** How a door may answer. `open` is a public page, which may send people on as it likes. */
export type Answer = 'in' | 'open' | 'sign-in' | 'not-found' | 'unsigned'

/** What a person must be answered, by what the route declares alone. */
export function expected({ path, door }: Pick<Route, 'path' | 'door'>, person: Person): Answer {
  if (door.kind === 'public') return 'open'
  if (door.kind === 'carrier') return 'unsigned'
  if (person.of === null) return 'sign-in'
  if (door.kind === 'signed-in') return 'in'
  if (!isOf(door, person)) return 'not-found'
  return person.isNextDoor && path.includes(':') ? 'not-found' : 'in'
}

function isOf(door: Door, person: Person): boolean {
  if (door.kind === 'school') return person.of === 'school' && may(person, door.may)
  if (door.kind === 'operator') return person.of === 'operator' && mayAsOperator(person, door.may)
  if (door.kind === 'authority') return person.of === 'authority'
  throw new Error(
    `Nobody has said who comes in by a door of the kind "${door.kind}". ` +
      'Say it in web/door.ts, and here in test/doors/expectation.ts.',
  )
}

/** What a response amounts to; its status and where it leads, for what no door should answer. */
export function answerOf(response: Response): Answer | string {
  const { status, headers } = response
  if (status === 404) return 'not-found'
  if (status === 401) return 'unsigned'
  const to = headers.get('Location')
  // A page that sends to signing in after it did something says so in a notice; a door says nothing.
  if (status === 303 && to?.startsWith('/sign-in') && !headers.has('Set-Cookie')) return 'sign-in'
  if (status === 403 || status >= 500) return `${status}`
  return 'in'
}

/** Whether a response keeps to what was expected of it. */
export const keeps = (response: Response, answer: Answer): boolean => {
  const given = answerOf(response)
  return answer === 'open' ? given === 'in' || given === 'sign-in' : given === answer
}
