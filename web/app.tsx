import { Hono } from 'hono'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { describeError, log, newId } from '#kernel'
import { type Beside, Directory } from '#shards'
import { type Env, premisesOf, readSettings } from '#workers/env.ts'
import { admit } from './door.ts'
import { errorPage, notFoundPage } from './error-pages.tsx'
import { isForged } from './forgery.ts'
import { protect } from './headers.ts'
import { agentLimit } from './mis/limit.ts'
import { addressAbove, pageOfForm } from './page-of-form.ts'
import type { Route, Visit } from './route.ts'
import { routes } from './routes.ts'

type App = { Bindings: Env; Variables: { visit: Visit } }

/** The web application: every route behind its door, every answer with its headers. */
export const app = new Hono<App>()

app.use(async (c, next) => {
  const visit = await visitOf(c as unknown as Context<{ Bindings: Env }>)
  c.set('visit', visit)
  await next()
  protect(c.res.headers, visit)
})

/** What whoever is sent elsewhere first comes back to. */
const pages = new Map(routes.map((route) => [route, pageOfForm(route, routes)]))

for (const route of routes) {
  if (route.get) app.get(route.path, (c) => answer(route, c.get('visit'), c, 'get'))
  if (route.post) {
    app.post(route.path, forgeryCheck(route), limitOf(route), (c) =>
      answer(route, c.get('visit'), c, 'post'),
    )
  }
}

app.notFound((c) => notFoundPage(c.get('visit')))

app.onError((error, c) => {
  const visit = c.get('visit')
  log('request.failed', {
    request: visit?.requestId,
    method: c.req.method,
    ...describeError(error),
  })
  if (!visit) return c.text('Schoolgate is not configured. See its log.', 500)
  return errorPage(visit, 500)
})

async function visitOf(c: Context<{ Bindings: Env }>): Promise<Visit> {
  const settings = readSettings(c.env)
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url')
  return {
    c,
    env: c.env,
    settings,
    directory: new Directory(await premisesOf(c.env)),
    requestId: newId('request'),
    nonce,
    param: (name) => c.req.param(name) ?? '',
  }
}

function tooLarge(c: Context<App>) {
  return errorPage(c.get('visit'), 413)
}

/** An agent says beforehand how much it posts, so that none of it is held in memory to be measured. */
function limitOf({ door, maxBodyBytes }: Route): MiddlewareHandler {
  if (door.kind === 'agent') return agentLimit(maxBodyBytes)
  return bodyLimit({ maxSize: maxBodyBytes, onError: (c) => tooLarge(c as never) })
}

const isFromBrowsers = ({ door }: Route): boolean =>
  door.kind !== 'carrier' && door.kind !== 'agent'

/** Carriers and agents prove themselves by what they post; everyone else must come from our own pages. */
function forgeryCheck(route: Route) {
  return async (c: Context<App>, next: () => Promise<void>): Promise<Response | undefined> => {
    const visit = c.get('visit')
    if (isFromBrowsers(route) && isForged(c.req.raw, visit.settings)) {
      log('request.refused', { request: visit.requestId, because: 'not-from-our-pages' })
      return errorPage(visit, 403)
    }
    await next()
    return undefined
  }
}

async function answer(route: Route, visit: Visit, c: Context<App>, method: 'get' | 'post') {
  const page = pages.get(route)
  const admitted = await admit(
    route.door,
    { ...visit, c: c as never, param: (name) => c.req.param(name) ?? '' },
    page && addressAbove(page, new URL(c.req.url).pathname),
  )
  if (admitted instanceof Response) return admitted
  const respond = route[method]
  if (!respond) return notFoundPage(visit)
  const response = await respond(admitted as never)
  if (!('beside' in admitted)) return response
  await Promise.all(admitted.beside.during)
  const { after } = admitted.beside
  if (after.length > 0) c.executionCtx.waitUntil(done(visit, after))
  return response
}

/** Long enough for the answer to be on its way. */
const LEFT_MS = 5

/** Does what an answer need not wait for. Nobody is there any more to be told of a failure but the log. */
async function done({ requestId }: Visit, after: Beside['after']): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, LEFT_MS))
  for (const work of after) {
    try {
      await work()
    } catch (error) {
      log('afterwards.failed', { request: requestId, ...describeError(error) })
    }
  }
}
