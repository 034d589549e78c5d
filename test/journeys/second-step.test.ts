import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { castUsers } from '../cast/accounts.ts'
import type { Person } from './person.ts'
import { openWorld } from './world.ts'

const world = openWorld()

/** Whether everything can be reached without moving the page sideways. */
const fits = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')

/** A device that keeps passkeys, as the browser itself pretends to have one. */
async function withDevice({ page }: Person): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  })
}

async function typePassword(person: Person, as: keyof typeof castUsers): Promise<void> {
  await person.visit('/sign-in')
  await person.type('E-mail address', castUsers[as].email)
  await person.type('Password', world.system.password)
  await person.press('Sign in')
}

test('Mr Pym adds a passkey, and next time it is all he shows', async () => {
  const pym = await world.visitor()
  await withDevice(pym)
  await pym.signIn('pym')
  await pym.visit('/account/factors')
  await pym.isAt('Two-step sign-in')
  await pym.press('Add a passkey')
  await pym.isAt('Add a passkey')
  await pym.type('Name of this passkey', 'Data office computer')
  await pym.press('Make a passkey')
  await pym.isAt('Two-step sign-in')
  await pym.readRow('Data office computer', 'Not yet')

  await pym.signOut()
  await typePassword(pym, 'pym')
  await pym.isAt('Second step of signing in')
  await pym.press('Use a passkey')
  await pym.page.waitForURL('**/school')
  await pym.visit('/account/factors')
  await pym.follow(/^Remove Data office computer/)
  await pym.isAt('Remove a passkey')
  await pym.press('Remove a passkey')
  await pym.read('The passkey is removed.')
  await pym.read('No passkeys')
})

test('Miss Bell, who need not, moves to two steps on her phone, and loses it', async () => {
  const bell = await world.visitor({ width: 320, height: 640 })
  await bell.signIn('bell')
  await bell.visit('/account/factors')
  await bell.press('Set up an authenticator app')
  expect(await fits(bell.page)).toBe(true)
  await bell.type('Code that the app shows', '000000')
  await bell.press('Set up the app')
  await bell.read('There is a problem')
  const key = (await bell.page.locator('code').innerText()).replaceAll(' ', '')
  const { codeAt, stepAt } = await import('../../workers/access/factors/totp.ts')
  await bell.type('Code that the app shows', codeAt(key, stepAt(Date.now())))
  await bell.press('Set up the app')
  await bell.read('The authenticator app is set up.')

  await bell.press('Make new recovery codes')
  await bell.press('Make new codes')
  await bell.isAt('Your recovery codes')
  expect(await fits(bell.page)).toBe(true)
  const codes = await bell.page.locator('code').allInnerTexts()
  expect(codes).toHaveLength(10)
  await bell.signOut()

  await typePassword(bell, 'bell')
  await bell.isAt('Second step of signing in')
  expect(await fits(bell.page)).toBe(true)
  await bell.page.getByText('I do not have my phone or my passkey').click()
  await bell.type('Recovery code', codes[0] ?? '')
  await bell.press('Use the recovery code')
  await bell.read('You used a recovery code.')
  await bell.read('9 are left.')
  await bell.press('Move to another phone')
  await bell.isAt('Set up an authenticator app')
})

test('Mrs Okafor signs in with her app where no scripts run', async () => {
  const okafor = await world.visitor({ hasScripts: false })
  await okafor.signIn('okafor')
  await okafor.visit('/account/factors/passkey')
  await okafor.read('This browser cannot use passkeys, or does not run scripts.')
  await okafor.visit('/account/confirmation')
  await okafor.isAt('Confirm that it is you')
})
