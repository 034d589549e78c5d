import { expect, test } from 'vitest'
import { fromStoredMillipence, type MessageId, millipence, showPounds, type UserId } from '#kernel'
import type { Fingerprint } from '#vault'
import { nobody } from './audience.ts'
import { bodyFor, isTooLong, longestOf, partsOf, priceOf } from './body.ts'
import type { Message } from './message.ts'
import type { Chosen } from './recipients.ts'

const message = (text: string, more: Partial<Message> = {}): Message => ({
  id: 'msg_1' as MessageId,
  state: 'draft',
  category: 'operational',
  channel: 'sms',
  contactRule: 'everyone',
  audience: nobody,
  content: { subject: null, text, schoolName: 'St Botolph’s Primary' },
  authorId: 'usr_1' as UserId,
  withinYears: null,
  dueAtMs: null,
  createdAtMs: 0,
  startedAtMs: null,
  finishedAtMs: null,
  heldBecause: null,
  parcels: 0,
  priceMillipence: fromStoredMillipence(0),
  smsPriceMillipence: millipence(2.4),
  ...more,
})

const to = (number: number, ...firstNames: string[]): Chosen => ({
  fingerprint: `f${number}` as Fingerprint,
  address: `+447700900${String(number).padStart(3, '0')}`,
  people: [{ id: 'con_1' as never, name: 'Ingrid Lindqvist' }],
  pupils: firstNames.map((firstName) => ({
    id: `pup_${firstName}` as never,
    firstName,
    fullName: `${firstName} Lindqvist`,
    registrationGroup: '4H',
    yearGroup: 'Year 4',
  })),
})

const numbers = (count: number) => Array.from({ length: count }, (_, index) => to(index, 'Elsa'))

test('320 numbers × 2 parts × 2.4p is £15.36', () => {
  const bodies = numbers(320).map((one) => bodyFor(message('A'.repeat(200)), one))
  expect(partsOf(bodies)).toBe(640)
  expect(showPounds(priceOf(bodies))).toBe('£15.36')
})

test('a family’s text names all its children, and the curly quote that costs room is made plain', () => {
  const body = bodyFor(message('((pupil first name)) of ((school)) ‘won’'), to(1, 'Elsa', 'Otto'))
  expect(body.text).toBe("Elsa and Otto of St Botolph's Primary 'won'")
  expect(body).toMatchObject({ parts: 1, encoding: 'GSM-7', subject: null })
})

test('a name may make one family’s text longer, and that one is the longest', () => {
  const text = `((pupil first name)) ${'x'.repeat(154)}`
  const bodies = [to(1, 'Elsa'), to(2, 'Elsa', 'Otto')].map((one) => bodyFor(message(text), one))
  expect(bodies.map((body) => body.parts)).toEqual([1, 2])
  expect(longestOf(bodies)?.to.address).toBe('+447700900002')
  expect(showPounds(priceOf(bodies))).toBe('£0.07')
})

test('a text over six parts is too long; an e-mail never is, and costs nothing', () => {
  expect(isTooLong(bodyFor(message('x'.repeat(918)), to(1)))).toBe(false)
  expect(isTooLong(bodyFor(message('x'.repeat(919)), to(1)))).toBe(true)
  const email = message('Dear ((contact name))\n' + 'x'.repeat(5_000), { channel: 'email' })
  email.content.subject = 'About ((pupil first name))'
  const body = bodyFor(email, to(1, 'Elsa'))
  expect(isTooLong(body)).toBe(false)
  expect(body).toMatchObject({ subject: 'About Elsa', parts: 1, price: 0, encoding: null })
  expect(body.text.startsWith('Dear Ingrid Lindqvist\n')).toBe(true)
})
