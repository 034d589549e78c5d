import type { Context, MiddlewareHandler } from 'hono'
import type { Visit } from '../route.ts'
import { problem } from './problem.ts'

/** Lets in what says how long it is, and is not too long. The length is then the server's to enforce (RFC 9112 §6.3). */
export function agentLimit(maxBytes: number): MiddlewareHandler {
  return async (c, next) => {
    const length = lengthOf(c)
    const visit = c.get('visit') as Visit
    if (length === undefined) return problem(visit, 'length-required')
    if (length > maxBytes) return problem(visit, 'too-large')
    await next()
    return undefined
  }
}

/** Bytes of the body as the request says them; undefined where it does not. */
export function lengthOf(c: Context): number | undefined {
  const said = c.req.header('Content-Length')
  return said && /^\d{1,12}$/.test(said) ? Number(said) : undefined
}
