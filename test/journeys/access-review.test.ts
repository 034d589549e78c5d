import { expect, test } from 'vitest'
import { castUsers } from '../cast/accounts.ts'
import { typePassword } from './desk.ts'
import { openWorld } from './world.ts'

const world = openWorld()

test('An access review: two stay as they are, one changes, one is shut out', async () => {
  const bell = await world.visitor()
  await bell.signIn('bell')
  const okafor = await world.visitor()
  await okafor.signIn('okafor')
  await okafor.follow('Do the access review')
  await okafor.isAt('Access reviews')
  await okafor.press('Keep the access of Mr Arthur Pym as it is')
  await okafor.read('Your decision is noted.')

  await okafor.follow('Decide otherwise for Miss Clara Bell')
  await okafor.choose('Change it', 'Year 5')
  await okafor.type('Note (optional)', 'Covers for Mr Tennant')
  await okafor.press('Save the decision')
  await okafor.readRow('Miss Clara Bell', 'Year 3, Year 4, Year 5 only', 'Changed')

  await okafor.follow('Decide otherwise for Mr Rory Tennant')
  await okafor.choose('Suspend the account')
  await okafor.press('Save the decision')
  await okafor.read('When everybody has a decision, you can complete the review here.')
  await okafor.follow('Keep with a note for Mrs Ngozi Okafor')
  expect(await okafor.mayRead('Remove the account'), 'of oneself').toBe(false)
  await okafor.choose('Keep it as it is')
  await okafor.type('Note (optional)', 'The only Administrator')
  await okafor.press('Save the decision')

  await okafor.press('Complete the review')
  await okafor.press('Complete the review')
  await okafor.read('There is a problem')
  await okafor.choose(/^I have looked at the access of everybody at St Botolph’s Primary/)
  await okafor.press('Complete the review')
  await okafor.read('The access review is complete.')
  await okafor.isAt(/Access review, .* term \d{4}$/)
  await okafor.readRow('Completed', /by Mrs Ngozi Okafor/)
  await okafor.readRow('Miss Clara Bell', 'Changed', 'Mrs Ngozi Okafor', 'Covers for Mr Tennant')
  await okafor.readRow('Mr Rory Tennant', 'Suspended')

  await bell.goTo('Messages')
  await bell.isAt('Sign in to Schoolgate')
  const tennant = await world.visitor()
  await typePassword(tennant, { ...castUsers.tennant, password: world.system.password })
  await tennant.read('There is a problem')

  await okafor.goTo('Trail')
  await okafor.readRow('Completed the access review', 'Mrs Ngozi Okafor')
  await okafor.readRow('Signed off a user in the access review', 'Mr Rory Tennant')
  await okafor.readRow('Suspended a user', 'Mr Rory Tennant')
})
