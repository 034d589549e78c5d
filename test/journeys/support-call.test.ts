import { expect, test } from 'vitest'
import { bringFile, makeCode, openPupil } from './desk.ts'
import type { Person } from './person.ts'
import { openWorld } from './world.ts'

const world = openWorld()
const WHY = 'Call 4711: an import left three rows out'

test('A support call: Mr Pym lets Dot in, Mrs Okafor sees it and shows her the door', async () => {
  const pym = await world.visitor()
  await pym.signIn('pym')
  await bringFile(pym, 'docs/samples/pupils.csv', 'Some pupils only, such as new starters')
  const report = new URL(pym.page.url()).pathname
  const download = pym.page.getByRole('link', { name: 'Download this list as a CSV file' })
  const file = (await download.getAttribute('href')) ?? ''
  expect((await pym.page.request.get(file)).status()).toBe(200)
  const code = await makeCode(pym)

  const dot = await world.visitor()
  await dot.signIn('dot')
  expect(await dot.visit(report), 'nobody has let her in yet').toBe(404)
  await goIn(dot, code === '123 456' ? '654 321' : '123 456')
  await dot.read(/That code does not let you in/)
  await dot.type('Code', code)
  await dot.press('Go in')
  await dot.read('You are in the school’s area.')
  await dot.read(/as support, at the level of a Data Manager, until \d/)

  await openPupil(dot, 'Marsh, Teddy')
  await dot.isAt('Teddy Marsh')
  expect(await dot.visit(report)).toBe(200)
  expect(await dot.mayRead('Download this list')).toBe(false)
  expect((await dot.page.request.get(file)).status(), 'support exports nothing').toBe(404)
  expect(await dot.visit('/school/trail')).toBe(404)

  await pym.goTo('Pupils')
  await pym.read(/Schoolgate support is in your school’s area: Dot Ainsley/)
  const okafor = await world.visitor()
  await okafor.signIn('okafor')
  await okafor.read(/Schoolgate support is in your school’s area: Dot Ainsley/)
  await okafor.goTo('Support')
  await okafor.readRow('Dot Ainsley', 'Mr Arthur Pym, by a code', 'Data Manager', WHY)
  await okafor.follow(/^In the trail/)
  await okafor.readRow('Looked at a pupil’s record', 'Teddy Marsh', 'Dot Ainsley', WHY)
  await okafor.press(/^End it now/)
  await okafor.read('Support is out of your school’s area.')
  await okafor.readRow('Dot Ainsley', /ended by Mrs Ngozi Okafor/)

  await dot.goTo('Pupils')
  await dot.read('You are no longer in the school’s area')
  await goIn(dot, code)
  await dot.read(/That code does not let you in/)
})

async function goIn(dot: Person, code: string): Promise<void> {
  await dot.visit('/operator')
  await dot.goTo('Organisations')
  await dot.follow('St Botolph’s Primary')
  await dot.press('Enter with a code')
  await dot.type('Code', code)
  await dot.type('Why do you need to be in?', WHY)
  await dot.press('Go in')
}
