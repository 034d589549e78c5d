import type { Person } from './person.ts'
import type { System } from './running.ts'

/** A program that talks to Schoolgate without being one of its pages, perhaps with somebody's cookie. */
export type Stranger = {
  post(path: string, body: BodyInit, headers?: Record<string, string>): Promise<Response>
}

export async function strangerAt(system: System, robbed?: Person): Promise<Stranger> {
  const cookies = (await robbed?.page.context().cookies()) ?? []
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return {
    post: (path, body, headers = {}) =>
      fetch(`${system.origin}${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { ...(cookie && { cookie }), ...headers },
        body,
      }),
  }
}
