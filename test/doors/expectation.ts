import { may, mayAsAuthority, mayAsOperator } from '#web/may.ts'
import { placeFor } from '#web/elsewhere.ts'
import type { Door, Route } from '#web/route.ts'
import type { Person } from './people.ts'

/** How a door may answer. `open` is a public page, which may send people on as it likes. */
export type Answer =
  | 'in'
  | 'open'
  | 'sign-in'
  | 'needed'
  | 'confirm'
  | 'over'
  | 'not-found'
  | 'unsigned'

/** What a person must be answered, by what the route declares alone. */
export function expected({ path, door }: Pick<Route, 'path' | 'door'>, person: Person): Answer {
  if (door.kind === 'public') return 'open'
  if (door.kind === 'carrier') return 'unsigned'
  if (door.kind === 'agent') return door.proof === 'none' ? 'open' : 'unsigned'
  if (person.of === null) return 'sign-in'
  if (person.needs) {
    const isHere = door.kind === 'signed-in' && door.whileNeeding.includes(person.needs)
    if (!isHere) return 'needed'
  }
  if (door.kind === 'school' && person.lent === 'over') return 'over'
  if (!isOf(door, personAt(door, person))) return 'not-found'
  if (door.isConfirmed && !person.isConfirmed) return 'confirm'
  return person.isNextDoor && path.includes(':') ? 'not-found' : 'in'
}

/** Who somebody is at a door: on a school's pages, what its leave makes of somebody of the operator. */
function personAt(door: Door, person: Person): Person {
  if (door.kind !== 'school' || person.lent === null || person.lent === 'over') return person
  return { ...person, ...person.lent, of: 'school', grants: [], isSupport: true }
}

function isOf(door: Door, person: Person): boolean {
  if (door.kind === 'school') return person.of === 'school' && may(person, door.may)
  if (door.kind === 'operator') return person.of === 'operator' && mayAsOperator(person, door.may)
  if (door.kind === 'authority')
    return person.of === 'authority' && mayAsAuthority(person, door.may)
  if (door.kind === 'signed-in') return true
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
  if (status === 303 && to?.startsWith('/account/confirmation')) return 'confirm'
  const isOver = /__Host-notice=support-over\b/.test(headers.get('Set-Cookie') ?? '')
  if (status === 303 && to === '/operator' && isOver) return 'over'
  const isNeeded = Object.values(placeFor).some((place) => to?.startsWith(place))
  if (status === 303 && isNeeded) return 'needed'
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
