import { expect, test } from 'vitest'
import { logOf, textsTo } from './carrier.ts'
import { atMinute, sendAt, write } from './desk.ts'
import { openWorld } from './world.ts'

const world = openWorld()
const FOLAKE = '+447700900011'
const DAY_MS = 24 * 60 * 60 * 1000

test('A message for later goes by itself, and one that was cancelled does not', async () => {
  const okafor = await world.visitor()
  await okafor.signIn('okafor')

  const dueAtMs = atMinute(Date.now() + 20_000)
  await write(okafor, { to: { pupils: ['Amara Adeyemi'] }, text: 'The trip leaves now.' })
  await sendAt(okafor, dueAtMs)
  const trip = okafor.page.url()

  await write(okafor, { to: { pupils: ['Amara Adeyemi'] }, text: 'The trip is off.' })
  await sendAt(okafor, Date.now() + DAY_MS)
  await okafor.read(/It goes on .* at \d/)
  await okafor.press('Cancel this message')
  await okafor.read('The message is cancelled. Nobody was sent anything.')
  await okafor.goTo('Messages')
  await okafor.readRow('The trip is off.', 'Cancelled')
  await okafor.readRow('The trip leaves now.', /Scheduled|Sen/)

  await okafor.visit(trip)
  await okafor.awaitWords('2 of 2 texts delivered.', 90_000)
  expect(await textsTo(world.system, FOLAKE)).toEqual(['The trip leaves now.'])
  const [first] = await logOf(world.system)
  expect(Date.parse(first?.acceptedAt ?? '')).toBeGreaterThanOrEqual(dueAtMs)
})
