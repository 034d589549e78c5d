import type { Route } from '#web/route.ts'
import { type Answer, answerOf, expected, keeps } from './expectation.ts'
import { addressOf } from './objects.ts'
import type { Person, World } from './people.ts'

export type Method = 'GET' | 'POST'
export type Ask = (request: Request) => Promise<Response>

export const ORIGIN = 'http://schoolgate.test'

/** What a browser says of a form sent from our own page. */
export const proof = { 'Sec-Fetch-Site': 'same-origin', Origin: ORIGIN }

export const methodsOf = (route: Pick<Route, 'get' | 'post'>): Method[] => [
  ...(route.get ? (['GET'] as const) : []),
  ...(route.post ? (['POST'] as const) : []),
]

/**
 * Sends everyone to a door, and says who was answered otherwise than it declares: first, together,
 * those who are turned away and so change nothing; then one by one those whom it lets in.
 */
export async function knock(
  ask: Ask,
  world: World,
  route: Route,
  method: Method,
  people: readonly Person[] = world.people,
): Promise<string[]> {
  const tries = async (person: Person): Promise<string[]> => {
    const answer = expected(route, person)
    const isRefused = isTurnedAway(answer)
    const response = await ask(await requestBy(world, person, route, method, { isRefused }))
    await response.body?.cancel()
    if (keeps(response, answer)) return []
    return [`${person.called}: ${answerOf(response)} where the door says ${answer}`]
  }
  const isOut = (person: Person) => isTurnedAway(expected(route, person))
  const complaints = await Promise.all(people.filter(isOut).map(tries))
  for (const person of people) if (!isOut(person)) complaints.push(await tries(person))
  // Whoever was let in may have ended sessions.
  if (method === 'POST') tokens.clear()
  return complaints.flat()
}

const isTurnedAway = (answer: Answer): boolean => answer !== 'in' && answer !== 'open'

/** How a request differs from a form with nothing in it, sent from our own page. */
export type Sent = {
  headers?: Record<string, string>
  body?: BodyInit
  /** It must change nothing, so its address may be asked for by others who must not either. */
  isRefused?: boolean
}

export async function requestBy(
  world: World,
  person: Person,
  route: Route,
  method: Method,
  { headers = proof, body = new URLSearchParams(), isRefused = false }: Sent = {},
): Promise<Request> {
  const path = await (isRefused ? sharedAddress : addressOf)(route.path, world, person)
  return requestAt(path, isRefused ? keepingToken(person) : person, method, headers, body)
}

export async function requestAt(
  path: string,
  person: Pick<Person, 'token'>,
  method: Method,
  headers: Record<string, string> = proof,
  body: BodyInit = new URLSearchParams(),
): Promise<Request> {
  const token = await person.token()
  const cookie: Record<string, string> = token ? { Cookie: `__Host-session=${token}` } : {}
  const url = `${ORIGIN}${path}`
  if (method === 'GET') return new Request(url, { headers: cookie, redirect: 'manual' })
  return new Request(url, { method, body, headers: { ...cookie, ...headers }, redirect: 'manual' })
}

const tokens = new Map<Person, Promise<string | undefined>>()

/** Who is turned away spoils no session, so that one does for door after door: making them took half the time. */
const keepingToken = (person: Person): Pick<Person, 'token'> => ({
  token: () => {
    const token = tokens.get(person) ?? person.token()
    tokens.set(person, token)
    return token
  },
})

const shared = new WeakMap<World, Map<string, Promise<string>>>()

/** Making a message or an import for each of many who are turned away would take most of the time. */
function sharedAddress(path: string, world: World, person: Person): Promise<string> {
  const known = shared.get(world) ?? new Map<string, Promise<string>>()
  shared.set(world, known)
  const key = `${person.school.actor.id} ${path}`
  const address = known.get(key) ?? addressOf(path, world, person)
  known.set(key, address)
  return address
}

/** Somebody whom a door lets in: those who may send a form are also who might be made to. */
export function welcome(world: World, route: Route): Person {
  const found = world.people.find((person) => ['in', 'open'].includes(expected(route, person)))
  if (!found)
    throw new Error(
      `Nobody may come in at ${route.path}. Give somebody the permission in web/may.ts.`,
    )
  return found
}
