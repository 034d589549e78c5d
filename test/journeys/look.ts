import AxeBuilder from '@axe-core/playwright'
import { createHash } from 'node:crypto'
import type { Page } from 'playwright-core'

/** WCAG 2.2 AA (PRODUCT 9.1), and what axe recommends besides. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const seen = new Set<string>()

/** Pages and states that axe has looked at in this file. */
export const looked = { get pages() { return seen.size } }

/**
 * Fails where the page, as it stands, has something that axe forbids or is wider than its window. A
 * state that has been looked at already is not looked at again.
 */
export async function look(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  const { width } = page.viewportSize() ?? { width: 0 }
  const state = `${width}\n${page.url()}\n${await stateOf(page)}`
  const digest = createHash('sha256').update(state).digest('hex')
  if (seen.has(digest)) return
  seen.add(digest)

  const wide = await page.evaluate('document.scrollingElement.scrollWidth') as number
  if (wide > width) throw new Error(`${page.url()} is ${wide} px wide in a window of ${width} px.`)

  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().withTags(RULES).analyze()
  if (passes.length === 0) throw new Error(`axe saw nothing on ${page.url()}`)
  if (violations.length > 0) throw new Error(inWords(page.url(), violations))
}

/** The page without what differs at each visit and says nothing: the nonce of its scripts. */
const stateOf = async (page: Page): Promise<string> =>
  (await page.content()).replaceAll(/ nonce="[^"]*"/g, '')

type Violations = Awaited<ReturnType<AxeBuilder['analyze']>>['violations']

const inWords = (url: string, violations: Violations): string =>
  [
    `${url} is not accessible:`,
    ...violations.flatMap(({ id, help, nodes }) => [
      `  ${id}: ${help}`,
      ...nodes.slice(0, 3).map(({ html, failureSummary }) => `    ${html}\n      ${failureSummary}`),
    ]),
  ].join('\n')
