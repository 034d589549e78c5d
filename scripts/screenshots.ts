import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { castUsers } from '../test/cast/accounts.ts'
import { openBrowser } from '../test/journeys/browser.ts'
import { startSystem, type System } from '../test/journeys/running.ts'
import { root } from './places.ts'

/**
 * Makes the pictures of `docs/screenshots/` from the running system: a morning at St Botolph's, as its
 * Administrator sees it, and the phones of the parents. Run it whenever pages have changed.
 */
const folder = join(root, 'docs', 'screenshots')
const DESK = { width: 1280, height: 860 }
const PHONE = { width: 390, height: 844 }
const SENT_WITHIN_MS = 60_000
const TEXT =
  'St Botolph’s: school is closed today because of snow. ((pupil first name)) should stay at home. Reply to this number if you need us.'

const system = await startSystem()
const browser = await openBrowser()
try {
  mkdirSync(folder, { recursive: true })
  const desk = await (
    await browser.newContext({ baseURL: system.origin, viewport: DESK, locale: 'en-GB' })
  ).newPage()
  await signIn(desk, system)
  await importing(desk)
  const message = await sending(desk)
  await answering(desk, system)
  await atHome(desk, message)
  await desk.setViewportSize(PHONE)
  await picture(desk, '/school', 'home-on-a-phone')
  await picture(desk, message, 'message-on-a-phone')
} finally {
  await browser.close()
  await system.stop()
}

async function picture(page: Page, path: string, name: string, isWhole = false): Promise<void> {
  if (path !== '') await page.goto(path)
  await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined)
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: isWhole })
  console.log(`docs/screenshots/${name}.png`)
}

async function signIn(page: Page, { password, codeFor }: System): Promise<void> {
  await picture(page, '/sign-in', 'sign-in')
  await page.getByLabel('E-mail').fill(castUsers.okafor.email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
  await picture(page, '', 'second-step')
  await page.getByLabel('Code from your app').fill(await codeFor('okafor'))
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
}

async function importing(page: Page): Promise<void> {
  await page.goto('/school/imports/new')
  await page.locator('input[type=file]').setInputFiles(join(root, 'docs', 'samples', 'pupils.csv'))
  await page.getByLabel('Some pupils only').check()
  await page.getByRole('main').locator('form button').first().click()
  await picture(page, '', 'mapping')
  await page.getByRole('main').locator('form button').first().click()
  await page.waitForLoadState()
  await picture(page, '', 'import')
}

async function sending(page: Page): Promise<string> {
  await page.goto('/school/messages/new')
  await page.getByLabel('All pupils').check()
  await page.getByLabel('School business').check()
  await page.getByLabel('Message', { exact: true }).fill(TEXT)
  await page.waitForTimeout(500)
  await picture(page, '', 'compose', true)
  await page.getByRole('button', { name: 'Check before sending' }).click()
  await picture(page, '', 'check')
  await page.getByLabel('Now').check()
  // Between 9pm and 7am it asks.
  const night = page.getByLabel('It may go between 9pm and 7am')
  if (await night.isVisible()) await night.check()
  await page.getByRole('button', { name: 'Send the message' }).click()
  await page.waitForTimeout(2_000)
  await picture(page, '', 'sending')
  await page.getByText('Sent', { exact: true }).first().waitFor({ timeout: SENT_WITHIN_MS })
  await page.waitForTimeout(3_000)
  await picture(page, page.url(), 'message')
  return new URL(page.url()).pathname
}

/** A parent picks up a phone and answers. */
async function answering(page: Page, { carrier }: System): Promise<void> {
  const phone = await (await browser.newContext({ viewport: PHONE, locale: 'en-GB' })).newPage()
  await phone.goto(`${carrier}/phones/+447700900041`)
  await phone.getByRole('textbox').first().fill('Thank you! Is the after-school club off too?')
  await phone
    .getByRole('button', { name: /reply|send/i })
    .first()
    .click()
  await phone.waitForTimeout(2_000)
  await picture(phone, `${carrier}/phones/+447700900041`, 'phone')
  await phone.close()
  await page.goto('/school/replies')
  await picture(page, '', 'replies')
  await page.getByRole('main').getByRole('table').getByRole('link').first().click()
  await picture(page, '', 'thread')
}

async function atHome(page: Page, message: string): Promise<void> {
  await picture(page, '/school', 'home')
  await picture(page, '/school/pupils', 'pupils')
  await page.getByRole('link', { name: 'Marsh, Teddy' }).first().click()
  await picture(page, '', 'pupil')
  await picture(page, '/school/contacts-to-fix', 'contacts-to-fix')
  await picture(page, '/school/trail', 'trail')
  await picture(page, message, 'message')
}
