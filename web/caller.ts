import type { Caller } from '#access'
import type { Context } from 'hono'
import type { Visit } from './route.ts'

/**
 * Where a request came from. Cloudflare puts both headers on each request itself, so neither can be
 * typed by the visitor (its manual: HTTP request headers).
 */
export const callerOf = ({ c }: Pick<Visit, 'c'>): Caller => ({
  address: c.req.header('CF-Connecting-IP') ?? 'unknown',
  country: c.req.header('CF-IPCountry'),
})

const LONGEST_CITY = 60

/** The town that a request seems to come from, where the platform says one. */
export function cityOf(c: Context): string | undefined {
  const { city } = (c.req.raw.cf ?? {}) as { city?: unknown }
  return typeof city === 'string' && city !== '' ? city.slice(0, LONGEST_CITY) : undefined
}
