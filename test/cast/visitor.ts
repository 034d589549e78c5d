import { exports } from 'cloudflare:workers'
import type { Directory } from '#shards'
import { castUsers, type CastUser } from './accounts.ts'
import { wholeSession } from './whole-session.ts'

export const ORIGIN = 'http://schoolgate.test'

/** Of everybody who is settled with it. */
export const PASSWORD = 'a gate left ajar'

/** The whole Worker, behind its front door. */
export const worker = (exports as unknown as { default: Fetcher }).default

export const cookieOf = (directory: Directory, name: CastUser): Promise<string> =>
  wholeSession(directory, { email: castUsers[name].email, password: PASSWORD })

export type Fields = Readonly<Record<string, string | readonly string[]>>

/** Asks for a page, or sends it a form, as the browser of whoever has the cookie would. */
export const ask = (
  cookie: string,
  path: string,
  form?: Fields,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  worker.fetch(
    new Request(`${ORIGIN}${path}`, {
      method: form ? 'POST' : 'GET',
      headers: { Cookie: cookie, Origin: ORIGIN, ...headers },
      ...(form && { body: bodyOf(form) }),
      redirect: 'manual',
    }),
  )

const bodyOf = (form: Fields): URLSearchParams =>
  new URLSearchParams(
    Object.entries(form).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    ),
  )

/** The page, on one line. */
export const htmlOf = async (answer: Response | Promise<Response>): Promise<string> =>
  (await (await answer).text()).replace(/\s+/g, ' ')

/** What the page says, without its markup. */
export const wordsOf = async (answer: Response | Promise<Response>): Promise<string> =>
  (await htmlOf(answer)).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
