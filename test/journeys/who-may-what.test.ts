import { expect, test } from 'vitest'
import { write } from './desk.ts'
import { openWorld } from './world.ts'

const world = openWorld()

test('Miss Bell and Mr Pym: each has their own work, and no door to the other’s', async () => {
  const bell = await world.visitor()
  await bell.signIn('bell')
  expect(await bell.menu()).toEqual(['Home', 'Messages', 'Replies', 'Pupils', 'Staff'])
  for (const path of [
    '/school/imports',
    '/school/imports/new',
    '/school/contacts-to-fix',
    '/school/trail',
  ]) {
    expect(await bell.visit(path), path).toBe(404)
  }
  await write(bell, { to: 'All pupils', text: 'Homework is due.' })
  await bell.readRow('To', /Year 3|Year 4/)
  const message = new URL(bell.page.url()).pathname

  const pym = await world.visitor()
  await pym.signIn('pym')
  expect(await pym.menu()).toEqual(['Home', 'Pupils', 'Staff', 'Contact data', 'Imports', 'Agents'])
  for (const path of [
    '/school/messages',
    '/school/messages/new',
    '/school/replies',
    '/school/administration',
    '/school/trail',
    message,
  ]) {
    expect(await pym.visit(path), path).toBe(404)
  }

  const okafor = await world.visitor()
  await okafor.signIn('okafor')
  expect(await okafor.menu()).toEqual([
    'Home',
    'Messages',
    'Replies',
    'Pupils',
    'Staff',
    'Contact data',
    'Imports',
    'Agents',
    'Administration',
  ])
  const places = await okafor.page.locator('.sg-nav__link').all()
  const boxes = await Promise.all(places.map((place) => place.boundingBox()))
  expect(new Set(boxes.map((box) => box?.y)).size, 'rows of the menu').toBe(1)
  for (const section of ['Users', 'Reviews', 'Settings', 'Trail', 'Support']) {
    await okafor.goTo(section)
    expect(await okafor.page.locator('[aria-current]').allInnerTexts(), section).toEqual([
      'Administration',
    ])
  }
  await okafor.follow('Administration')
  await okafor.isAt('Administration')

  const abara = await world.visitor()
  await abara.signIn('abara')
  expect(await abara.visit(message), 'a message of the school next door').toBe(404)
  expect(await abara.visit('/operator')).toBe(404)
  await abara.signOut()
  await abara.visit('/school/messages')
  await abara.read('Sign in to Schoolgate')
})

test('The operator and the authority have homes of their own, and none in a school', async () => {
  for (const [who, home] of [
    ['sol', '/operator'],
    ['farrow', '/authority'],
  ] as const) {
    const person = await world.visitor()
    await person.signIn(who)
    expect(new URL(person.page.url()).pathname).toBe(home)
    expect(await person.visit('/school')).toBe(404)
  }
})
