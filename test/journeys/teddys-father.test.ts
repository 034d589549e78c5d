import { expect, test } from 'vitest'
import { textsTo } from './carrier.ts'
import { atMinute, openPupil, sendAt, sendNow, write } from './desk.ts'
import { parentWith } from './parent.ts'
import { openWorld } from './world.ts'

const world = openWorld()
const KERRY = '+447700900021'
const DEAN = '+447700900022'
const FOLAKE = '+447700900011'
const TUNDE = '+447700900012'

test('Teddy’s father is never told anything, not even in an emergency', async () => {
  const okafor = await world.visitor()
  await okafor.signIn('okafor')
  const everyone = { to: { groups: ['Year 2'] }, contacts: 'Every contact' }
  await write(okafor, { ...everyone, category: 'Emergency', text: 'Year 2 are safe in the hall.' })
  await okafor.read(/^1: must not be contacted$/)
  await sendNow(okafor)
  await okafor.awaitWords(/^Sent By/)

  await okafor.readRow('Must not be contacted', '1')
  await okafor.follow(/^Show who\W+must not be contacted/)
  await okafor.readRow('Mr Dean Marsh', 'Teddy Marsh')

  expect(await textsTo(world.system, KERRY)).toEqual(['Year 2 are safe in the hall.'])
  const dean = await parentWith(world, DEAN)
  await dean.hasNoTexts()
})

test('A restriction holds for a message that was scheduled before it', async () => {
  const okafor = await world.visitor()
  await okafor.signIn('okafor')
  await write(okafor, {
    to: { pupils: ['Amara Adeyemi'] },
    contacts: 'Every contact',
    text: 'Swimming is in the town pool.',
  })
  await okafor.readRow('Recipients', '2 texts to 2 people')
  await sendAt(okafor, atMinute(Date.now() + 40_000))
  const message = okafor.page.url()

  const pym = await world.visitor()
  await pym.signIn('pym')
  await openPupil(pym, 'Adeyemi, Amara')
  await pym.press('Add a restriction')
  await pym.choose('Mr Tunde Adeyemi', /^No contact at all/, 'Amara only')
  await pym.type('Why is there a restriction?', 'Court order seen today')
  await pym.press('Add the restriction')
  await pym.read('The restriction is in place.')

  await okafor.visit(message)
  await okafor.awaitWords('1 of 1 text delivered.', 120_000)
  await okafor.readRow('Must not be contacted', '1')
  expect(await textsTo(world.system, FOLAKE)).toEqual(['Swimming is in the town pool.'])
  expect(await textsTo(world.system, TUNDE)).toEqual([])
})
