import { test } from 'vitest'
import { bringFile, openPupil, sendNow } from './desk.ts'
import { parentWith } from './parent.ts'
import type { Person } from './person.ts'
import { openWorld } from './world.ts'

const world = openWorld()
const PHONE = { width: 320, height: 640 }

test('Without JavaScript: import, look somebody up, text, see it delivered', async () => {
  const okafor = await world.visitor({ hasScripts: false })
  await mainJob(okafor, 'Mid-term break begins tomorrow.')
})

test('On a phone of 320 px: the same, and nothing is wider than the screen', async () => {
  const abara = await world.visitor(PHONE)
  await mainJob(abara, 'Sports day is on Friday.', 'abara', 'Osei-Reid, Malik')
  const efua = await parentWith(world, '+447700900081')
  await efua.readsOnPhone('Sports day is on Friday.')
})

async function mainJob(
  person: Person,
  text: string,
  as: 'okafor' | 'abara' = 'okafor',
  pupil = 'Adeyemi, Amara',
): Promise<void> {
  await person.signIn(as)
  await bringFile(person, 'docs/samples/pupils.csv', 'Some pupils only, such as new starters')
  await person.press('Apply this import')
  await person.read('The import is applied.')

  await openPupil(person, pupil)
  await person.read('Parental responsibility')
  await person.press('Send a message')
  await person.choose('School business')
  await person.type('Message', text)
  await person.press('Check before sending')
  await person.readRow('Recipients', 'about 1 pupil')
  await sendNow(person)
  await person.awaitWords(/^(\d) of \1 texts? delivered\./)

  await person.goTo('Messages')
  await person.press('New message')
  await person.press('Check before sending')
  await person.read('There is a problem')
}
