import type { Caller } from '#access'
import type { Visit } from './route.ts'

/**
 * Where a request came from. Cloudflare puts both headers on each request itself, so neither can be
 * typed by the visitor (its manual: HTTP request headers).
 */
export const callerOf = ({ c }: Pick<Visit, 'c'>): Caller => ({
  address: c.req.header('CF-Connecting-IP') ?? 'unknown',
  country: c.req.header('CF-IPCountry'),
})
