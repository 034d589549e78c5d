import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

const NAME = '__Host-session'
// The longest that an organisation may allow; when a session ends is the server’s to say.
const A_DAY_SECONDS = 24 * 60 * 60

// `__Host-`: only over TLS (browsers count localhost as such), only this host, every path (RFC 6265bis).
const options = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const

export const sessionToken = (c: Context): string | undefined => getCookie(c, NAME)

export const keepSession = (c: Context, token: string): void =>
  setCookie(c, NAME, token, { ...options, maxAge: A_DAY_SECONDS })

export const dropSession = (c: Context): void => {
  deleteCookie(c, NAME, options)
}
