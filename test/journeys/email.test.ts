import { expect, test } from 'vitest'
import { logOf } from './carrier.ts'
import { sendNow, write } from './desk.ts'
import { openInbox } from './parent.ts'
import { openWorld } from './world.ts'

const world = openWorld()

test('A letter by e-mail arrives in the inboxes of those who have one', async () => {
  const okafor = await world.visitor()
  await okafor.signIn('okafor')
  await write(okafor, {
    to: { pupils: ['Amara Adeyemi', 'Zofia Nowak'] },
    subject: 'Parents’ evening',
    text: 'Dear ((contact name)),\n\nplease come on Thursday to talk about ((pupil first name)).',
  })
  await okafor.readRow('Price', 'E-mail costs nothing')
  await okafor.read(/^1: no e-mail address$/)
  await sendNow(okafor)
  await okafor.awaitWords('2 of 2 e-mails delivered.')

  const folake = await world.visitor()
  await openInbox(folake, world.system, 'folake.adeyemi@example.com')
  await folake.read('Parents’ evening')
  await folake.read(/Dear Mrs Folake Adeyemi/)
  await folake.read(/talk about Amara/)
  const letters = (await logOf(world.system)).filter(({ channel }) => channel === 'email')
  expect(letters.map(({ to, timesSeen }) => [to, timesSeen]).toSorted()).toEqual([
    ['folake.adeyemi@example.com', 1],
    ['tunde.adeyemi@example.com', 1],
  ])
})
