import { Hono, type Context } from 'hono'
import { numberFaults, readFaultChange, switchFaults } from './faults.ts'
import { faultsPage } from './pages/faults.ts'
import type { Sandbox } from './sandbox.ts'
import { providers, type Provider } from './vocabulary.ts'

/** Reading and changing the faults: a page with forms for people, JSON for tests. */
export function faultRoutes(sandbox: Sandbox): Hono {
  const app = new Hono()
  const all = () => Object.fromEntries(providers.map((each) => [each, sandbox.faults.of(each)]))
  const restore = () => {
    sandbox.faults.restore()
    sandbox.changed()
  }
  app.get('/faults.json', (c) => c.json(all()))
  app.get('/faults', (c) => faultsPage(c, sandbox))
  app.post('/faults', async (c) => {
    const isJson = c.req.header('content-type')?.startsWith('application/json') ?? false
    return isJson ? changeByJson(c, sandbox, all) : changeByForm(c, sandbox)
  })
  app.post('/faults/defaults', (c) => {
    restore()
    return c.redirect('/faults', 303)
  })
  app.delete('/faults', (c) => {
    restore()
    return c.json(all())
  })
  return app
}

/** `{ provider: 'larch' or another or 'all', latencyMs: 200, … }`; the rest stays as it is. */
async function changeByJson(c: Context, sandbox: Sandbox, all: () => object): Promise<Response> {
  const body: unknown = await c.req.json().catch(() => undefined)
  if (typeof body !== 'object' || body === null)
    return c.json({ error: 'invalid-request', field: 'body' }, 400)
  const { provider: named, ...asked } = body as Record<string, unknown>
  const chosen = named === 'all' ? providers : providers.filter((each) => each === named)
  if (chosen.length === 0) return c.json({ error: 'invalid-request', field: 'provider' }, 400)
  const read = readFaultChange(asked)
  if ('field' in read) return c.json({ error: 'invalid-request', ...read }, 400)

  for (const provider of chosen) sandbox.faults.change(provider, read.change)
  sandbox.changed()
  return c.json(all())
}

async function changeByForm(c: Context, sandbox: Sandbox): Promise<Response> {
  const form = await c.req.parseBody()
  const provider = providers.find((each) => each === form['provider'])
  if (provider === undefined) return c.text('There is no such provider.', 400)
  const read = readFaultChange(asked(form))
  if ('field' in read) return faultsPage(c, sandbox, { provider, form, ...read })

  sandbox.faults.change(provider, read.change)
  sandbox.changed()
  return c.redirect(`/faults?changed=${provider satisfies Provider}`, 303)
}

/** A form says nothing of an empty box, and spells numbers in letters. */
function asked(form: Record<string, unknown>): Record<string, unknown> {
  const change: Record<string, unknown> = {}
  for (const name of numberFaults) {
    const typed = String(form[name] ?? '').trim()
    change[name] = /^\d{1,9}$/.test(typed) ? Number(typed) : typed
  }
  for (const name of switchFaults) change[name] = form[name] !== undefined
  return change
}
