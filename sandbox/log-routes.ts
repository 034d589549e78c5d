import { Hono } from 'hono'
import { LOG_PAGE_ROWS } from './limits.ts'
import type { Sandbox } from './sandbox.ts'

/** What tests and benches read: every message accepted, in order, and how often it was seen. */
export function logRoutes(sandbox: Sandbox): Hono {
  const app = new Hono()
  app.get('/healthz', (c) => c.json({ ok: true }))
  app.get('/log/summary.json', (c) => c.json(sandbox.log.summary()))
  app.get('/log.json', (c) => {
    const after = whole(c.req.query('after'), 0)
    const limit = whole(c.req.query('limit'), LOG_PAGE_ROWS)
    if (after === undefined) return c.json({ error: 'invalid-request', field: 'after' }, 400)
    if (limit === undefined || limit === 0 || limit > LOG_PAGE_ROWS)
      return c.json({ error: 'invalid-request', field: 'limit', most: LOG_PAGE_ROWS }, 400)
    return c.json({ messages: sandbox.log.read(after, limit) })
  })
  app.delete('/log', (c) => {
    sandbox.log.clear()
    return c.body(null, 204)
  })
  return app
}

const whole = (text: string | undefined, otherwise: number) => {
  if (text === undefined) return otherwise
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
