import { expect, test } from 'vitest'
import { textsTo } from './carrier.ts'
import { sendNow, write } from './desk.ts'
import { parentWith } from './parent.ts'
import { openWorld } from './world.ts'

const world = openWorld()
const LINDQVISTS = '+447700900041'
const GILES_WAIN = '+447700900903'
const FORMER_NUMBER = '+447700900901'
const NEW_NUMBER = '+447700900091'

test('Twins: the Lindqvists have one phone and get one text, for both children', async () => {
  const okafor = await world.visitor()
  await okafor.signIn('okafor')
  await write(okafor, {
    to: { groups: ['Year 1'] },
    text: '((pupil first name)) may come in costume tomorrow.',
  })
  await sendNow(okafor)
  await okafor.awaitWords(/^Sent By/)
  await okafor.readRow('Mrs Astrid Lindqvist, Mr Nils Lindqvist', 'Elsa Lindqvist, Otto Lindqvist')
  expect(await textsTo(world.system, LINDQVISTS)).toEqual([
    'Elsa and Otto may come in costume tomorrow.',
  ])
})

test('A parent says STOP: no more school business for him, but an emergency still reaches him', async () => {
  const okafor = await world.visitor()
  await okafor.signIn('okafor')
  const poppy = { to: { pupils: ['Poppy Wain'] } }
  await write(okafor, { ...poppy, text: 'Non-uniform day is on Friday.' })
  await sendNow(okafor)
  await okafor.goTo('Replies')
  await okafor.reloadFor('Asked to stop')

  await write(okafor, { ...poppy, text: 'Bring a pound for non-uniform day.' })
  await okafor.read('Nobody would get this message.')
  await okafor.read(/^1: asked for no more such messages$/)

  await write(okafor, { ...poppy, category: 'Emergency', text: 'Please collect Poppy now.' })
  await sendNow(okafor)
  await okafor.awaitWords('1 of 1 text delivered.')
  const texts = await textsTo(world.system, GILES_WAIN)
  expect(texts).toEqual(['Non-uniform day is on Friday.', 'Please collect Poppy now.'])
})

test('Failed numbers: one that is nobody’s is left out until Mr Pym corrects it', async () => {
  const okafor = await world.visitor()
  await okafor.signIn('okafor')
  const jonah = { to: { pupils: ['Jonah Reed'] } }
  await write(okafor, { ...jonah, text: 'Jonah has a fever. Please call us.' })
  await sendNow(okafor)
  await okafor.awaitWords('1 failed')
  await write(okafor, { ...jonah, text: 'Jonah is waiting in the office.' })
  await okafor.read(/^1: a number or address that does not work$/)

  const pym = await world.visitor()
  await pym.signIn('pym')
  await pym.goTo('Contact data')
  await pym.follow(/^The (one|\d+) to fix$/)
  await pym.readRow('Mrs Hannah Reed', 'Nobody has this number')
  await pym.follow(/^Correct 07700 900901 of Mrs Hannah Reed/)
  await pym.type('Telephone number', '07700 900')
  await pym.press('Save')
  await pym.read('This telephone number has too few digits')
  await pym.type('Telephone number', '07700 900 091')
  await pym.press('Save')
  await pym.read('The contact is corrected.')

  await okafor.page.reload()
  await sendNow(okafor)
  await okafor.awaitWords('1 of 1 text delivered.')
  expect(await textsTo(world.system, NEW_NUMBER)).toEqual(['Jonah is waiting in the office.'])
  expect(await textsTo(world.system, FORMER_NUMBER)).toEqual(['Jonah has a fever. Please call us.'])
  const hannah = await parentWith(world, NEW_NUMBER)
  await hannah.readsOnPhone('Jonah is waiting in the office.')
})
