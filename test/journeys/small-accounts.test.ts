import { expect, test } from 'vitest'
import { makeCode, typePassword } from './desk.ts'
import { openInbox } from './parent.ts'
import { openWorld } from './world.ts'

// What guards the accounts, on the smallest screen and without scripts. Every page that is visited is measured.
const world = openWorld()
const PHONE = { width: 320, height: 640 }
const WINTER = { email: 'winter@st-botolphs.example', password: 'nine umbrellas drying' }

test('On a phone of 320 px: users, the trail, reviews, support and one’s own account', async () => {
  const okafor = await world.visitor(PHONE)
  await okafor.signIn('okafor')
  await okafor.goTo('Users')
  await okafor.follow('Miss Clara Bell')
  await okafor.readRow('Years', 'Year 3, Year 4')
  await okafor.follow('Change the role')
  await okafor.isAt('Change what they may do')
  await okafor.goTo('Users')
  await okafor.press('Invite a user')
  await okafor.press('Send the invitation')
  await okafor.read('There is a problem')
  await okafor.goTo('Reviews')
  await okafor.follow('Decide otherwise for Miss Clara Bell')
  await okafor.choose('Change it')
  await okafor.goTo('Trail')
  await okafor.readRow('Signed in', 'Mrs Ngozi Okafor')
  await okafor.goTo('Settings')
  await okafor.goTo('Support')
  await okafor.read('Nobody yet')
  expect(await makeCode(okafor)).toMatch(/^\d{3} \d{3}$/)

  for (const path of ['sessions', 'password', 'factors', 'factors/app', 'recovery-codes']) {
    expect(await okafor.visit(`/account/${path}`), path).toBe(200)
  }
})

test('On a phone of 320 px: the operator’s organisations, and how support gets in', async () => {
  const sol = await world.visitor(PHONE)
  await sol.signIn('sol')
  await sol.goTo('Organisations')
  await sol.press('Set up an organisation')
  await sol.isAt('What kind of organisation is it?')
  await sol.goTo('Organisations')
  await sol.follow('St Botolph’s Primary')
  await sol.press('Enter with a reason')
  await sol.type('Why do you need to be in?', 'A letter that nobody could send')
  await sol.press('Go in')
  await sol.read('You are in the school’s area.')
  await sol.press('Leave')
  await sol.read('You have left the school’s area.')
})

test('Without JavaScript: an invitation is sent, and accepted by the code that it holds', async () => {
  const okafor = await world.visitor({ hasScripts: false })
  await okafor.signIn('okafor')
  await okafor.goTo('Users')
  await okafor.press('Invite a user')
  await okafor.type('Full name', 'Mr Jan Winter')
  await okafor.type('E-mail address', WINTER.email)
  await okafor.choose('Basic User', 'Every year')
  await okafor.press('Send the invitation')
  await okafor.readRow('Mr Jan Winter', WINTER.email)

  const winter = await world.visitor({ hasScripts: false })
  await openInbox(winter, world.system, WINTER.email)
  await winter.awaitWords(/paste this code/)
  const [, code = ''] = /paste this code:\s+([\w-]{43})\s/.exec(await winter.words()) ?? []
  await winter.visit('/invitation')
  await winter.type('Code from the e-mail', code.slice(0, -1))
  await winter.press('Continue')
  await winter.read('There is a problem')
  await winter.type('Code from the e-mail', code)
  await winter.press('Continue')
  await winter.type('New password', WINTER.password)
  await winter.press('Open my account')
  await typePassword(winter, WINTER)
  expect(await winter.menu()).toEqual(['Home', 'Messages', 'Replies', 'Pupils', 'Staff'])
  await okafor.goTo('Users')
  await okafor.readRow('Mr Jan Winter', 'Basic User', 'Every year')
})
