import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import { faultRoutes } from './fault-routes.ts'
import { BODY_LIMIT_BYTES } from './limits.ts'
import { isEmailAddress, isPhoneNumber } from './message.ts'
import { assetRoutes } from './pages/assets.ts'
import { inboxesPage, inboxPage } from './pages/inboxes.ts'
import { overviewPage } from './pages/overview.ts'
import { phonePage } from './pages/phone.ts'
import { phonesPage } from './pages/phones.ts'
import { postReply } from './pages/reply.ts'
import { openPeople } from './people.ts'
import type { Sandbox } from './sandbox.ts'

/** What people look at. Another site's page may neither frame these nor post to them. */
export function pageRoutes(sandbox: Sandbox): Hono {
  const app = new Hono()
  const people = openPeople(sandbox.db)
  app.use(secureHeaders(headers))
  app.use(ownPagesOnly)
  app.use(bodyLimit({ maxSize: BODY_LIMIT_BYTES }))

  app.get('/', (c) => overviewPage(c, sandbox, people))
  app.get('/phones', (c) => phonesPage(c, sandbox, people))
  app.get('/phones/:number', (c) => {
    const number = c.req.param('number')
    return isPhoneNumber(number) ? phonePage(c, sandbox, people, number) : c.notFound()
  })
  app.post('/phones/:number/replies', (c) => {
    const number = c.req.param('number')
    return isPhoneNumber(number) ? postReply(c, sandbox, people, number) : c.notFound()
  })
  app.get('/inboxes', (c) => inboxesPage(c, sandbox, people))
  app.get('/inboxes/:address', (c) => {
    const address = c.req.param('address')
    return isEmailAddress(address) ? inboxPage(c, sandbox, people, address) : c.notFound()
  })
  app.route('/', faultRoutes(sandbox))
  app.route('/', assetRoutes())
  return app
}

/** Programs send no Origin and may post; a browser may post only from these pages. */
const ownPagesOnly: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header('origin')
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (isRead || origin === undefined || origin === new URL(c.req.url).origin) return next()
  return c.text('Only the sandbox’s own pages may do this.', 403)
}

const contentSecurityPolicy = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  scriptSrc: ["'self'"],
  connectSrc: ["'self'"],
  imgSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
}

/**
 * Under `no-referrer` browsers post forms with `Origin: null`, which says nothing of whose they are
 * (the Fetch standard, "append a request Origin header").
 */
const headers = {
  contentSecurityPolicy,
  referrerPolicy: 'same-origin',
  strictTransportSecurity: false,
} as const
