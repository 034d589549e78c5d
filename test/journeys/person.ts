import { setTimeout as delay } from 'node:timers/promises'
import type { Browser, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { castUsers, type CastUser } from '../cast/accounts.ts'
import { look } from './look.ts'
import type { System } from './running.ts'

export type PersonOptions = {
  hasScripts?: boolean
  /** Of the window, in CSS pixels. */
  width?: number
  height?: number
}

/** Somebody at a browser. They go by what they see: headings, labels, the words on buttons. */
export type Person = {
  page: Page
  signIn(as: CastUser): Promise<void>
  signOut(): Promise<void>
  /** Types an address; answers the status. */
  visit(path: string): Promise<number>
  /** By the menu, and by its page Administration to what stands there. */
  goTo(section: string): Promise<void>
  follow(link: string | RegExp): Promise<void>
  press(button: string | RegExp): Promise<void>
  type(label: string | RegExp, text: string): Promise<void>
  choose(...answers: (string | RegExp)[]): Promise<void>
  upload(label: string | RegExp, file: UploadedFile | string): Promise<void>
  /** Waits for the page with this heading. */
  isAt(heading: string | RegExp): Promise<void>
  read(words: string | RegExp): Promise<void>
  /** Whether it can be read, now. */
  mayRead(words: string | RegExp): Promise<boolean>
  /** What stands in the row of a table, or the line of a summary, that has these words. */
  readRow(words: string | RegExp, ...cells: (string | RegExp)[]): Promise<void>
  /** Waits until it can be read, reloading where there are no scripts to do it. */
  awaitWords(words: string | RegExp, withinMs?: number): Promise<void>
  /** The same, for a page that does not renew itself. */
  reloadFor(words: string | RegExp): Promise<void>
  /** The sections that the menu offers. */
  menu(): Promise<string[]>
  /** All that the page says. */
  words(): Promise<string>
}

export type UploadedFile = { name: string; mimeType: string; buffer: Buffer }

const SOON_MS = 10_000
const EVENTUALLY_MS = 60_000
const DESK = { width: 1280, height: 900 }

/** Somebody with a browser of their own. Everything they come to see is looked at by axe as well. */
export async function personAt(
  browser: Browser,
  system: System,
  { hasScripts = true, ...window }: PersonOptions = {},
): Promise<Person> {
  const context = await browser.newContext({
    baseURL: system.origin,
    javaScriptEnabled: hasScripts,
    viewport: { ...DESK, ...window },
    locale: 'en-GB',
  })
  context.setDefaultTimeout(SOON_MS)
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  const seen = async () => {
    await look(page, hasScripts)
    expect(complaints, `what the browser complains of on ${page.url()}`).toEqual([])
  }
  return {
    page,
    ...moves(page, system, seen),
    ...reads(page, hasScripts, seen),
    ...hands(page, seen),
  }
}

type Seen = () => Promise<void>

/** Errors of scripts, and what the Content Security Policy forbade. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // A page that answers with 404 or 422 is one that journeys go to on purpose.
    const isStatus = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isStatus) complaints.push(message.text())
  })
  return complaints
}

function moves(page: Page, system: System, seen: Seen) {
  return {
    async signIn(as: CastUser) {
      await page.goto('/sign-in')
      await seen()
      await page.getByLabel('E-mail address').fill(castUsers[as].email)
      await page.getByLabel('Password').fill(system.password)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await expectVisible(page.getByRole('button', { name: 'Sign out' }))
      await seen()
      if (new URL(page.url()).pathname !== '/account/second-factor') return
      await page.getByLabel('Code from your app').fill(await system.codeFor(as))
      await page.getByRole('button', { name: 'Continue' }).click()
      await expectVisible(page.getByRole('navigation', { name: 'Main' }))
      await seen()
    },
    async signOut() {
      await page.getByRole('button', { name: 'Sign out' }).click()
      await seen()
    },
    async visit(path: string) {
      const answer = await page.goto(path)
      await seen()
      return answer?.status() ?? 0
    },
    async goTo(section: string) {
      const menu = page.getByRole('navigation', { name: 'Main' })
      const opener = menu.getByRole('button', { name: 'Menu', exact: true })
      if (await opener.isVisible()) {
        await opener.click()
        await seen()
      }
      const link = menu.getByRole('link', { name: new RegExp(`^${section}`) })
      if (await link.isVisible()) await link.click()
      else {
        await menu.getByRole('link', { name: 'Administration' }).click()
        await seen()
        await page.getByRole('main').getByRole('link', { name: section, exact: true }).click()
      }
      await seen()
    },
    async follow(link: string | RegExp) {
      await page.getByRole('link', { name: link }).first().click()
      await seen()
    },
  }
}

function hands(page: Page, seen: Seen) {
  return {
    async press(button: string | RegExp) {
      await page.getByRole('button', { name: button }).first().click()
      await seen()
    },
    type: (label: string | RegExp, text: string) => field(page, label).fill(text),
    async choose(...answers: (string | RegExp)[]) {
      for (const answer of answers) await choice(page, answer).check()
      await seen()
    },
    upload: (label: string | RegExp, file: UploadedFile | string) =>
      field(page, label).setInputFiles(file),
  }
}

const field = (page: Page, label: string | RegExp): Locator =>
  page.getByLabel(label, { exact: typeof label === 'string' }).first()

const choice = (page: Page, name: string | RegExp): Locator => {
  const exact = typeof name === 'string' ? { name, exact: true } : { name }
  return page.getByRole('radio', exact).or(page.getByRole('checkbox', exact)).first()
}

function reads(page: Page, hasScripts: boolean, seen: Seen) {
  const visible = (words: string | RegExp) =>
    page.getByText(words).filter({ visible: true }).first()
  const wait = async (words: string | RegExp, withinMs: number, renew: () => Promise<unknown>) => {
    const untilMs = Date.now() + withinMs
    while (!(await visible(words).isVisible())) {
      if (Date.now() > untilMs) throw await notFound(page, words)
      await delay(300)
      await renew()
    }
    await seen()
  }
  return {
    async isAt(heading: string | RegExp) {
      await expectVisible(page.getByRole('heading', { level: 1, name: heading }))
      await seen()
    },
    async read(words: string | RegExp) {
      await expectVisible(visible(words))
    },
    mayRead: (words: string | RegExp) => visible(words).isVisible(),
    async readRow(words: string | RegExp, ...cells: (string | RegExp)[]) {
      const rows = page.getByRole('row').or(page.locator('.govuk-summary-list__row'))
      const row = cells.reduce<Locator>(
        (left, cell) => left.filter({ hasText: cell }),
        rows.filter({ hasText: words }),
      )
      await expectVisible(row.first())
    },
    awaitWords: (words: string | RegExp, withinMs = EVENTUALLY_MS) =>
      wait(words, withinMs, hasScripts ? async () => undefined : () => page.reload()),
    reloadFor: (words: string | RegExp) => wait(words, EVENTUALLY_MS, () => page.reload()),
    menu: () => page.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts(),
    words: () => page.locator('main').innerText(),
  }
}

async function expectVisible(locator: Locator): Promise<void> {
  try {
    await locator.waitFor({ state: 'visible', timeout: SOON_MS })
  } catch {
    throw await notFound(locator.page(), String(locator))
  }
}

const notFound = async (page: Page, words: unknown): Promise<Error> =>
  new Error(
    `${words} cannot be read on ${page.url()}, which says:\n${await page.locator('main').innerText()}`,
  )
