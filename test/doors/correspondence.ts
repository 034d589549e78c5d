import { sql } from 'drizzle-orm'
import { type ContactId, invariant, isRefusal, millipence, newId, type UserId } from '#kernel'
import * as messaging from '#messaging'
import * as people from '#people'
import { statement } from '#shards'
import type { Person, World } from './people.ts'

/** About whom somebody writes, and who of the family answers. */
export type Family = { child: string; parent: string }

const sender = { schoolName: 'St Botolph’s Primary', smsPriceMillipence: millipence(2.4) }

const authorOf = ({ school, years }: Person): messaging.Author => ({
  id: school.actor.id as UserId,
  years,
  seesAll: true,
})

/** By this very person: a Basic User sees own messages only. */
export async function draft(
  { cast }: World,
  person: Person,
  { child }: Family,
): Promise<messaging.Message> {
  const audience = { ...messaging.nobody, pupils: [cast.botolphs.pupil(child)] }
  const message = await messaging.compose(person.school, authorOf(person), sender, {
    audience,
    contactRule: 'first',
    category: 'operational',
    channel: 'sms',
    subject: null,
    text: `Coats, please: it is cold. ${newId('request')}`,
  })
  invariant(!isRefusal(message), 'a draft for the doors is not refused')
  return message
}

/** What the parent answered to a text of this very person. */
export async function reply(world: World, person: Person, family: Family) {
  const { school } = person
  const message = await draft(world, person, family)
  const when = { dueAt: 'now', acceptsQuietHours: true } as const
  const refusal = await messaging.schedule(school, message, when, sender, authorOf(person))
  invariant(!refusal, 'a message for the doors is not refused')
  const outcome = await messaging.dispatch(school, message.id, { isOpen: true })
  invariant(outcome === 'dispatched' || outcome === 'already', 'a message for the doors leaves')
  // As a carrier leaves it: nobody answers what was never sent.
  await school.write(
    statement(sql`
      update parcels set state = 'sent', provider_message_id = 'lar_doors'
      where school_id = ${school.id} and message_id = ${message.id}`),
  )
  const from = await mobileOf(world, person, family)
  const [provider, eventId] = ['larch', newId('request')]
  const said = { from, text: 'She has two.', provider, eventId, atMs: Date.now() }
  const received = await messaging.receive(school, said)
  return received === 'already' ? undefined : received.id
}

async function mobileOf({ cast }: World, { school }: Person, { parent }: Family): Promise<string> {
  const contact = await people.findContact(school, cast.botolphs.contact(parent) as ContactId)
  const mobile = contact?.points.find(({ channel }) => channel === 'sms')?.value
  invariant(mobile, 'a parent who answers has a mobile')
  return mobile
}
