import AxeBuilder from '@axe-core/playwright'
import { createHash } from 'node:crypto'
import type { Page } from 'playwright-core'

/** WCAG 2.2 AA (PRODUCT 9.1), and what axe recommends besides. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const seen = new Set<string>()

/**
 * Fails where the page, as it stands, has something that axe forbids or is wider than its window. A
 * state that axe has seen already, but for ids and figures, is not shown to it again.
 */
export async function look(page: Page, hasScripts: boolean): Promise<void> {
  for (let moves = 0; ; moves++) {
    try {
      return await lookOnce(page, hasScripts)
    } catch (error) {
      if (moves === MAX_MOVES || !MOVED.test(String(error))) throw error
    }
  }
}

/** A form that scripts send moves on in its own time, from under whoever looks: they look where it lands. */
const MOVED = /page is navigating|Execution context was destroyed/
const MAX_MOVES = 3

async function lookOnce(page: Page, hasScripts: boolean): Promise<void> {
  await page.waitForLoadState('load')
  const { width } = page.viewportSize() ?? { width: 0 }
  const wide = (await page.evaluate('document.scrollingElement.scrollWidth')) as number
  if (wide > width) throw new Error(`${page.url()} is ${wide} px wide in a window of ${width} px.`)

  const html = await page.content()
  const digest = digestOf(`${width} ${hasScripts} ${shapeOf(html)}`)
  if (seen.has(digest)) return
  if (hasScripts) await examine(page)
  else {
    const mirror = await mirrorOf(page, html)
    await examine(mirror).finally(() => mirror.context().close())
  }
  seen.add(digest)
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Nonces, ids and figures differ at each visit, and nothing that axe judges hangs on them. */
const shapeOf = (html: string): string =>
  html
    .replaceAll(/ nonce="[^"]*"/g, '')
    .replaceAll(/\b[a-z]{3}_[0-9a-z]{20,}/g, 'id')
    .replaceAll(/\d+/g, '0')

async function examine(page: Page): Promise<void> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ preload: false }).withTags(RULES)
  const { violations, passes } = await axe.analyze()
  if (passes.length === 0) throw new Error(`axe saw nothing on ${page.url()}`)
  if (violations.length > 0) throw new Error(inWords(page.url(), violations))
}

/**
 * Where scripts are off axe cannot run. It looks at the same page in a window that has them, with the
 * page's own taken out and what is there for want of scripts shown.
 */
async function mirrorOf(page: Page, html: string): Promise<Page> {
  const context = await page.context().browser()?.newContext({ viewport: page.viewportSize() })
  if (!context) throw new Error('The browser is closed.')
  const mirror = await context.newPage()
  const body = html
    .replaceAll(/<script\b[^>]*>.*?<\/script>/gs, '')
    .replaceAll(/<(\/?)noscript>/g, '<$1div>')
  await mirror.route(page.url(), (route) => route.fulfill({ body, contentType: 'text/html' }))
  await mirror.goto(page.url())
  return mirror
}

type Violations = Awaited<ReturnType<AxeBuilder['analyze']>>['violations']

const inWords = (url: string, violations: Violations): string =>
  [
    `${url} is not accessible:`,
    ...violations.flatMap(({ id, help, nodes }) => [
      `  ${id}: ${help}`,
      ...nodes.slice(0, 3).map((node) => `    ${node.html}\n      ${node.failureSummary ?? ''}`),
    ]),
  ].join('\n')
