import type { Settings } from '#workers/env.ts'

/**
 * Whether an unsafe request did not come from our own pages. Browsers say where a request comes from
 * in `Sec-Fetch-Site` and `Origin`, which pages cannot change (Fetch standard, forbidden headers);
 * a request that says neither proves nothing and is refused.
 */
export function isForged(request: Request, settings: Pick<Settings, 'ORIGIN'>): boolean {
  const site = request.headers.get('Sec-Fetch-Site')
  if (site !== null && site !== 'same-origin') return true

  const origin = request.headers.get('Origin')
  if (origin === null) return site === null
  return origin !== new URL(request.url).origin && origin !== new URL(settings.ORIGIN).origin
}
