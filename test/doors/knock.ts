import type { Route } from '#web/route.ts'
import { answerOf, expected, keeps } from './expectation.ts'
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

/** Sends everyone to a door, and says who was answered otherwise than it declares. */
export async function knock(
  ask: Ask,
  world: World,
  route: Route,
  method: Method,
): Promise<string[]> {
  const complaints: string[] = []
  for (const person of world.people) {
    const response = await ask(await requestBy(world, person, route, method))
    await response.body?.cancel()
    const answer = expected(route, person)
    if (keeps(response, answer)) continue
    complaints.push(`${person.called}: ${answerOf(response)} where the door says ${answer}`)
  }
  return complaints
}

export async function requestBy(
  world: World,
  person: Person,
  route: Route,
  method: Method,
  headers: Record<string, string> = proof,
  body: BodyInit = new URLSearchParams(),
): Promise<Request> {
  const path = await addressOf(route.path, world, person)
  const token = await person.token()
  const cookie: Record<string, string> = token ? { Cookie: `__Host-session=${token}` } : {}
  const url = `${ORIGIN}${path}`
  if (method === 'GET') return new Request(url, { headers: cookie, redirect: 'manual' })
  return new Request(url, { method, body, headers: { ...cookie, ...headers }, redirect: 'manual' })
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
