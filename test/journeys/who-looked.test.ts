import { expect, test } from 'vitest'
import { openWorld } from './world.ts'

// Somebody asks who has looked at Teddy's record. Mrs Okafor finds out, on a phone and without scripts.
const world = openWorld()

test('who has looked at a child’s record, and that nobody changed the answer', async () => {
  const pym = await world.visitor()
  await pym.signIn('pym')
  await pym.goTo('Pupils')
  await pym.follow('Marsh, Teddy')
  await pym.isAt('Teddy Marsh')

  const okafor = await world.visitor({ hasScripts: false, width: 320 })
  await okafor.signIn('okafor')
  await okafor.visit('/school/pupils')
  await okafor.follow('Marsh, Teddy')
  await okafor.read('Who has looked at Teddy’s record')
  await okafor.read('Mr Arthur Pym')
  await okafor.follow('Everybody who has looked')
  await okafor.isAt('Who has looked at this record')

  await okafor.visit('/school/trail')
  await okafor.follow('Find what was done to one person or thing')
  await okafor.type('Name or id', 'marsh')
  await okafor.press('Search')
  await okafor.follow(/^Teddy Marsh/)
  await okafor.read('About: Teddy Marsh')
  await okafor.readRow('Mr Arthur Pym', 'Looked at a pupil’s record', 'Teddy Marsh')
  expect(okafor.page.url()).not.toMatch(/marsh|teddy/i)

  await okafor.press('Download as CSV')
  await okafor.isAt('Download the trail')
  await okafor.read(/entries fit what is chosen/)
  const file = okafor.page.waitForEvent('download')
  await okafor.page.getByRole('button', { name: 'Download as CSV' }).click()
  expect((await file).suggestedFilename()).toBe('trail.csv')

  await okafor.visit('/school/trail')
  await okafor.press('Check the trail now')
  await okafor.read('The trail is whole')
  await okafor.read(/entries are as they were written/)
})
