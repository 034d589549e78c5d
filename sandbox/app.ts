import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { logRoutes } from './log-routes.ts'
import { pageRoutes } from './page-routes.ts'
import { answerPage } from './pages/page.ts'
import { providerRoutes } from './provider-routes.ts'
import type { Sandbox } from './sandbox.ts'

/** The providers come first: nothing that pages need is in the way of a message. */
export function sandboxApp(sandbox: Sandbox): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.route('/', providerRoutes(sandbox))
  app.route('/', logRoutes(sandbox))
  app.route('/', pageRoutes(sandbox))
  app.notFound((c) =>
    answerPage(c, sandbox, {
      title: 'Not found',
      section: 'overview',
      status: 404,
      live: {},
      body: () =>
        html`<h1>There is nothing here</h1>
          <p class="lead">
            Look at the <a href="/phones">phones</a> or the <a href="/inboxes">inboxes</a>.
          </p>`,
    }),
  )
  return app
}
