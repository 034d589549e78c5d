import type { Visit } from './route.ts'

const A_YEAR_SECONDS = 31_536_000

/** What every answer carries: a strict content policy, no framing, no sniffing, no caching of people. */
export function protect(headers: Headers, visit: Pick<Visit, 'nonce' | 'requestId'>): void {
  headers.set(
    'Content-Security-Policy',
    [
      "default-src 'none'",
      `script-src 'nonce-${visit.nonce}' 'strict-dynamic'`,
      "style-src 'self'",
      "img-src 'self'",
      "font-src 'self'",
      "connect-src 'self'",
      "manifest-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
  )
  headers.set('X-Content-Type-Options', 'nosniff')
  headers.set('X-Frame-Options', 'DENY')
  headers.set('Referrer-Policy', 'same-origin')
  headers.set('Cross-Origin-Opener-Policy', 'same-origin')
  headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  headers.set('Permissions-Policy', 'camera=(), geolocation=(), microphone=()')
  headers.set('Strict-Transport-Security', `max-age=${A_YEAR_SECONDS}; includeSubDomains`)
  headers.set('X-Request-Id', visit.requestId)
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
}
