import { Hono } from 'hono'
import product from '../../workers/main.ts'
import type { Env } from '#workers/env.ts'
import { acts } from './acts.ts'

export { SchoolOutbox } from '../../workers/main.ts'
export { Enclave } from './enclave.ts'

const bench = new Hono<{ Bindings: Env }>()

/** What a POST costs before any of our code runs: its body is read, and nothing is done with it. */
bench.post('/bench/bare', async (c) => {
  await c.req.text()
  return c.body(null, 204)
})

bench.post('/bench/:act', async (c) => {
  const act = acts[c.req.param('act')]
  if (!act) return c.notFound()
  return c.json((await act(c.env, await c.req.json())) ?? null)
})

/** The product as it is, with a few more addresses by which a bench fills and drives it. */
export default {
  ...product,
  fetch: (request, env, context) =>
    new URL(request.url).pathname.startsWith('/bench/')
      ? bench.fetch(request, env, context)
      : product.fetch(request, env, context),
} satisfies ExportedHandler<Env>
