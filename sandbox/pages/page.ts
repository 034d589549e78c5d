import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Sandbox } from '../sandbox.ts'

export type Html = ReturnType<typeof html>

export type Page = {
  title: string
  section: 'overview' | 'phones' | 'inboxes' | 'faults'
  /** Parts that are renewed while somebody looks, by name; nothing that is typed into is one. */
  live: Record<string, Html>
  body: (live: Record<string, Html>) => Html
  status?: 200 | 404 | 422
}

/**
 * Answers with the whole page, or, when the page's own script asks, with its live parts if they
 * may have changed since the version it has.
 */
export async function answerPage(c: Context, sandbox: Sandbox, page: Page): Promise<Response> {
  sandbox.log.flush()
  const version = sandbox.version()
  c.header('cache-control', 'no-store')
  c.header('vary', 'x-live')
  if (c.req.header('x-live') !== undefined) {
    const parts: Record<string, string> = {}
    for (const [name, part] of Object.entries(page.live)) parts[name] = String(await part)
    return c.json({ version, parts })
  }
  const live: Record<string, Html> = {}
  for (const [name, part] of Object.entries(page.live))
    live[name] = html`<div data-live="${name}">${part}</div>`
  return c.html(shell(page, version, page.body(live)), page.status ?? 200)
}

/** True where the page's script already has what there is, so that nothing need be read. */
export const isUpToDate = (c: Context, sandbox: Sandbox): boolean =>
  c.req.header('x-live') === sandbox.version()

const sections = [
  ['overview', '/', 'Overview'],
  ['phones', '/phones', 'Phones'],
  ['inboxes', '/inboxes', 'Inboxes'],
  ['faults', '/faults', 'Faults'],
] as const

const navigation = (section: Page['section']): Html =>
  html`<nav aria-label="Sandbox">
    <ul>
      ${sections.map(
        ([name, path, words]) =>
          html`<li>
            <a
              href="${path}"
              ${section === name ? html` aria-current="${path === '/' ? 'page' : 'true'}"` : ''}
              >${words}</a
            >
          </li>`,
      )}
    </ul>
  </nav>`

const shell = (page: Page, version: string, body: Html): Html =>
  html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title} · Schoolgate sandbox</title>
        <link rel="icon" href="/sandbox.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/sandbox.css" />
        <script type="module" src="/sandbox.js"></script>
      </head>
      <body data-version="${version}">
        <a class="skip" href="#main">Skip to main content</a>
        <header>
          <p class="banner">
            <strong>Sandbox:</strong> these phones are pretend. Nothing here reaches a real person.
          </p>
          <div class="top">
            <a class="brand" href="/"
              ><img src="/sandbox.svg" alt="" width="28" height="28" /> Schoolgate
              <span>sandbox</span></a
            >
            ${navigation(page.section)}
          </div>
        </header>
        <main id="main" tabindex="-1" class="${page.section}">${body}</main>
        <p class="hidden" role="status" data-news></p>
        <noscript
          ><footer class="note">
            This page does not renew itself without scripts: reload it to see what is new.
          </footer></noscript
        >
      </body>
    </html>`
