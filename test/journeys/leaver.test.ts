import { expect, test } from 'vitest'
import { castUsers } from '../cast/accounts.ts'
import { typePassword } from './desk.ts'
import { openWorld } from './world.ts'

const world = openWorld()

test('A leaver’s day: the staff list says that Mr Tennant left, and by evening he is out', async () => {
  const tennant = await world.visitor()
  await tennant.signIn('tennant')
  await tennant.goTo('Pupils')
  await tennant.isAt('Pupils')

  const okafor = await world.visitor()
  await okafor.signIn('okafor')
  await okafor.read(/One person has left, .* and can still sign in/)
  await okafor.goTo('Users')
  await okafor.readRow('Mr Rory Tennant', 'Has left')
  await okafor.follow('Mr Rory Tennant')
  await okafor.read(/The staff list says that Mr Rory Tennant left on/)
  await okafor.readRow('Signed in now', 'Yes, on one device')
  await okafor.press('Remove')
  await okafor.isAt('Remove this account')
  await okafor.press('Remove the account')
  await okafor.read('The account is removed.')

  await tennant.goTo('Messages')
  await tennant.isAt('Sign in to Schoolgate')
  const { email } = castUsers.tennant
  await typePassword(tennant, { email, password: world.system.password })
  await tennant.read('There is a problem')
  expect(await tennant.visit('/school/pupils')).toBe(200)
  await tennant.isAt('Sign in to Schoolgate')

  await okafor.goTo('Home')
  expect(await okafor.mayRead(/can still sign in/)).toBe(false)
  await okafor.goTo('Trail')
  await okafor.readRow('Removed a user', 'Mr Rory Tennant', 'Mrs Ngozi Okafor')
})
