import { expect, test } from 'vitest'
import { bringFile, sendNow, standingOnceHeard, write } from './desk.ts'
import { parentWith } from './parent.ts'
import { openWorld } from './world.ts'

const world = openWorld()
const SOME = 'Some pupils only, such as new starters'
const SNOW = 'St Botolph’s is closed today because of snow. Please keep your child at home.'

test('Snow day: a school imports its pupils, texts every parent and answers one who replies', async () => {
  const okafor = await world.visitor()
  await okafor.signIn('okafor')

  await bringFile(okafor, 'docs/samples/pupils.csv', SOME)
  await okafor.read('things not taken')
  await okafor.press('Apply this import')
  await okafor.read('The import is applied.')

  await bringFile(okafor, 'test/samples/mis-ctf/arcio-atf19-40pupils-wrapped.xml', SOME)
  await okafor.press('Apply this import')
  await okafor.read('The import is applied.')

  await bringFile(okafor, 'docs/samples/pupils.csv', SOME)
  await okafor.read('Nothing to change.')
  await okafor.press('Finish')

  await write(okafor, { to: 'All pupils', text: SNOW })
  await okafor.readRow('Recipients', /\d+ texts to \d+ people about \d+ pupils/)
  await okafor.readRow('Length', /1 part at most/)
  await okafor.readRow('Price', /£\d+\.\d\d/)
  await okafor.readRow('Credit', /£250\.00 now, £2\d\d\.\d\d after/)
  await okafor.read(/^1: must not be contacted$/)

  await sendNow(okafor)
  await okafor.awaitWords('1 wrong number or address')
  await okafor.awaitWords(/^Sent By/)
  const { delivered = 0, sent, ...rest } = await standingOnceHeard(okafor, 1)
  // One phone never tells what became of its texts, and one number is nobody's.
  expect({ sent, ...rest }).toEqual({ sent: 1, 'wrong number or address': 1 })
  expect(delivered).toBeGreaterThan(150)

  const folake = await parentWith(world, '+447700900011')
  await folake.readsOnPhone('closed today because of snow')
  await folake.replies('Is the breakfast club open?')

  await okafor.goTo('Replies')
  await okafor.reloadFor('Is the breakfast club open?')
  await okafor.follow('Mrs Folake Adeyemi')
  await okafor.type('Answer Mrs Folake Adeyemi', 'No, everything is closed. See you tomorrow.')
  await okafor.press('Check the answer')
  await okafor.readRow('Recipients', '1 text to 1 person')
  await sendNow(okafor)
  await folake.readsOnPhone('No, everything is closed. See you tomorrow.')

  await okafor.goTo('Trail')
  await okafor.press('Check the trail now')
  await okafor.read('The trail is whole')
})
