import { expect, test } from 'vitest'
import { castUsers } from '../cast/accounts.ts'
import { bringFile, sendNow, write } from './desk.ts'
import { badFiles, foreignFiles, hugeFile } from './files.ts'
import { strangerAt } from './stranger.ts'
import { openWorld } from './world.ts'

const world = openWorld()

test('A wrong password is refused at the field, and the address stays typed', async () => {
  const okafor = await world.visitor()
  await okafor.visit('/sign-in')
  await okafor.press('Sign in')
  await okafor.read('There is a problem')
  await okafor.type('E-mail address', castUsers.okafor.email)
  await okafor.type('Password', 'something else')
  await okafor.press('Sign in')
  await okafor.read('One of them is not right')
  expect(await okafor.page.getByLabel('E-mail address').inputValue()).toBe(castUsers.okafor.email)
})

test('An empty form says what is missing, above and at each field, and keeps what was typed', async () => {
  const okafor = await world.visitor()
  await okafor.signIn('okafor')
  await okafor.visit('/school/messages/new')
  await okafor.type('Message', 'Dear ((nobody)), we are closed.')
  await okafor.press('Check before sending')
  await okafor.read('There is a problem')
  for (const words of [
    'Choose who the message is to',
    'Choose what the message is for',
    '((nobody)) is not a placeholder',
  ]) {
    await okafor.read(words)
    expect(await okafor.page.getByText(words).count(), words).toBeGreaterThanOrEqual(2)
  }
  expect(await okafor.page.getByLabel('Message', { exact: true }).inputValue()).toContain(
    'we are closed',
  )
  await okafor.follow('Choose what the message is for')
})

test('A file that cannot be read is explained at its field, and changes nothing', async () => {
  const pym = await world.visitor()
  await pym.signIn('pym')
  await pym.visit('/school/imports/new')
  await pym.press('Upload and check')
  await pym.read('Choose a file')
  for (const [file, says] of badFiles) {
    await pym.visit('/school/imports/new')
    await pym.upload('File from your school’s system', file)
    await pym.press('Upload and check')
    await pym.read('There is a problem')
    await pym.read(says)
  }
  await pym.goTo('Imports')
  await pym.read('No files yet')
})

test('Files of older encodings are read as they were meant', async () => {
  const pym = await world.visitor()
  await pym.signIn('pym')
  for (const [file, surname] of foreignFiles) {
    await bringFile(pym, file, 'Some pupils only, such as new starters')
    await pym.read(`Zoë ${surname}`)
    await pym.press('Discard it')
    await pym.read('all that was read from it is destroyed')
    await pym.press('Discard it')
    await pym.read('The import is discarded')
  }
})

test('What is too large is refused with a page that says so', async () => {
  const pym = await world.visitor()
  await pym.signIn('pym')
  await pym.visit('/school/imports/new')
  await pym.upload('File from your school’s system', hugeFile)
  await pym.press('Upload and check')
  await pym.read('That is too large')

  const stranger = await strangerAt(world.system)
  const long = new URLSearchParams({ email: 'x'.repeat(70_000), password: '' })
  const answer = await stranger.post('/sign-in', long, { origin: world.system.origin })
  expect(answer.status).toBe(413)
})

test('An unknown address, and a pupil of the school next door, are not found', async () => {
  const okafor = await world.visitor()
  await okafor.signIn('okafor')
  await okafor.visit('/school/pupils')
  await okafor.follow('Adeyemi, Amara')
  const amara = new URL(okafor.page.url()).pathname

  const abara = await world.visitor()
  await abara.signIn('abara')
  for (const path of ['/school/nothing', '/school/pupils/nobody', amara, `${amara}/restrictions`]) {
    expect(await abara.visit(path), path).toBe(404)
    await abara.read('Page not found')
  }
})

test('A form that does not come from our pages does nothing', async () => {
  const okafor = await world.visitor()
  await okafor.signIn('okafor')
  await write(okafor, { to: { pupils: ['Amara Adeyemi'] }, text: 'Club is off.' })
  const schedule = new URL(okafor.page.url()).pathname.replace('/check', '/schedule')

  const thief = await strangerAt(world.system, okafor)
  const now = () => new URLSearchParams({ when: 'now', quiet: 'yes' })
  expect((await thief.post(schedule, now())).status).toBe(403)
  expect((await thief.post(schedule, now(), { origin: 'https://elsewhere.example' })).status).toBe(
    403,
  )
  await okafor.page.reload()
  await okafor.read('Check before sending')
})

test('A forged receipt is refused and changes nothing', async () => {
  const okafor = await world.visitor()
  await okafor.signIn('okafor')
  // This phone never says what became of its texts: only a receipt could move it on.
  await write(okafor, { to: { pupils: ['Finn Calder'] }, text: 'Finn’s coat is in the office.' })
  await sendNow(okafor)
  await okafor.awaitWords(/^Sent By/)
  const cell = await okafor.page.getByRole('cell', { name: /^(lar|row)_/ }).innerText()
  const provider = cell.startsWith('lar') ? 'larch' : 'rowan'

  const forger = await strangerAt(world.system)
  const event = {
    eventId: 'e1',
    messageId: cell,
    reference: cell,
    status: 'delivered',
    code: 'none',
    at: new Date(),
  }
  const body = JSON.stringify({ events: [event] })
  const signed = {
    'content-type': 'application/json',
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
    'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
  }
  for (const headers of [{}, signed]) {
    expect((await forger.post(`/hooks/sms/${provider}/receipts`, body, headers)).status).toBe(401)
    expect((await forger.post(`/hooks/sms/${provider}/inbound`, body, headers)).status).toBe(401)
  }
  await okafor.page.reload()
  await okafor.read('0 of 1 text delivered.')
})
