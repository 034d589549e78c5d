import { codeAt, stepAt } from '../workers/access/factors/totp.ts'

export type Account = {
  email: string
  password: string
  /** The key of their authenticator app, in base 32. */
  totp: string
}

/** Signs in as people do, both steps of it, and answers the cookie. Once in 30 seconds for an account. */
export async function enter(origin: string, { email, password, totp }: Account): Promise<string> {
  const first = await post(origin, '/sign-in', '', { email, password })
  const code = codeAt(totp, stepAt(Date.now()))
  const second = await post(origin, '/account/second-factor', cookieOf(first), { by: 'totp', code })
  const cookie = cookieOf(second)
  if (second.status !== 303 || cookie === '') {
    throw new Error(`Signing in was answered ${first.status}, then ${second.status}.`)
  }
  return cookie
}

const post = (origin: string, path: string, cookie: string, form: Record<string, string>) =>
  fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { origin, 'sec-fetch-site': 'same-origin', cookie },
    body: new URLSearchParams(form),
    redirect: 'manual',
  })

const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0] ?? '')
    .find((one) => one.startsWith('__Host-session=')) ?? ''
