import { expect, test } from 'vitest'
import { bringFile, sendNow, setUpApp, typePassword, write } from './desk.ts'
import { openInbox } from './parent.ts'
import type { Person } from './person.ts'
import { openWorld } from './world.ts'

const world = openWorld()
const THORNE = { email: 'thorne@harbour-lane.example', password: 'three herons on the quay' }
const TEXT = 'Welcome to Harbour Lane Primary. ((pupil first name)) starts at 8.50.'

test('A new school: from the operator’s wizard to its first message', async () => {
  const sol = await world.visitor()
  await sol.signIn('sol')
  await setUpSchool(sol)

  const thorne = await world.visitor()
  await openInbox(thorne, world.system, THORNE.email)
  await thorne.awaitWords('Open your Schoolgate account for Harbour Lane Primary')
  await thorne.follow(/\/invitation#/)
  await thorne.isAt('Open your account')
  expect(thorne.page.url(), 'the secret is out of the address bar').not.toContain('#')
  await thorne.press('Continue')
  await thorne.readRow('Organisation', 'Harbour Lane Primary')
  await thorne.type('Your full name', 'Mrs Ada Thorne')
  await thorne.type('New password', 'harbour lane primary')
  await thorne.press('Open my account')
  await thorne.read('There is a problem')
  await thorne.type('New password', THORNE.password)
  await thorne.press('Open my account')
  await thorne.read('Your account is open.')

  await typePassword(thorne, THORNE)
  await thorne.isAt('Set up two-step sign-in')
  await setUpApp(thorne)
  await thorne.isAt('Your recovery codes')
  await thorne.press('Continue')
  await thorne.read('Three steps to the first message')
  expect(await thorne.menu()).toContain('Administration')

  await bringFile(thorne, 'docs/samples/pupils.csv', 'Every pupil of the school')
  await thorne.press('Apply this import')
  await thorne.read('The import is applied.')
  await write(thorne, { to: 'All pupils', text: TEXT })
  await thorne.readRow('Credit', /£100\.00 now/)
  await sendNow(thorne)
  await thorne.awaitWords(/^([1-9]\d+) of \1 texts delivered\./)
})

/** All that the operator has to be told of a school. */
async function setUpSchool(sol: Person): Promise<void> {
  await sol.goTo('Organisations')
  await sol.press('Set up an organisation')
  await sol.choose('School')
  await sol.press('Continue')
  await sol.type('Name', 'Harbour Lane Primary')
  await sol.type('Number that texts come from (optional)', '07700 900003')
  await sol.press('Continue')
  await sol.read('There is a problem')
  await sol.type('Price of each part of a text, in pence', '2.4')
  await sol.press('Continue')
  await sol.choose('With a contract', 'Call Parents')
  await sol.type('First credit for texts (optional)', '100')
  await sol.press('Continue')
  await sol.type('Full name', 'Mrs Ada Thorne')
  await sol.type('E-mail address', THORNE.email)
  await sol.press('Continue')
  await sol.isAt('Check your answers')
  await sol.readRow('Products', 'Call Parents')
  await sol.readRow('First Administrator', THORNE.email)
  await sol.press('Create and invite')
  await sol.read('The organisation is set up.')
  await sol.isAt('Harbour Lane Primary')
}
