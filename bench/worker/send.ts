import * as delivery from '#delivery'
import {
  invariant,
  isRefusal,
  type MessageId,
  millipence,
  newId,
  type ParcelId,
  type PupilId,
  type SchoolId,
} from '#kernel'
import * as messaging from '#messaging'
import { Directory, type School, statement, system } from '#shards'
import { sql } from 'drizzle-orm'
import { type Env, premisesOf, readSettings } from '#workers/env.ts'
import { nudge } from '#workers/outbox/nudge.ts'

export type Send = {
  school: SchoolId
  shard: number
  /** Every contact of every pupil where nobody is named, else the first contact of each. */
  pupils?: PupilId[]
  category: 'operational' | 'emergency'
  /** Only written, not let go. */
  isDraft: boolean
}

const sender = { schoolName: 'Brackenfield Academy', smsPriceMillipence: millipence(2.4) }
const text =
  '((school)): ((registration group)) is closed today because of snow. Work for ((pupil first name)) is on the website.'

/** Composes a text, checks it and lets it go now, as the pages do. */
export async function send(
  env: Env,
  asked: Send,
): Promise<{ message: MessageId; dueAtMs: number }> {
  const school = await schoolOf(env, asked)
  const author = { id: newId('user'), years: null, seesAll: true, sendsEmergencies: true }
  const message = await messaging.compose(school, author, sender, draftOf(asked))
  invariant(!isRefusal(message), 'a draft of a bench is sound')
  if (asked.isDraft) return { message: message.id, dueAtMs: 0 }

  const when = { dueAt: 'now' as const, acceptsQuietHours: true }
  const refusal = await messaging.schedule(school, message, when, sender, author)
  invariant(!refusal, 'a message of a bench can be scheduled')
  const dueAtMs = Date.now()
  await nudge(env, school)
  return { message: message.id, dueAtMs }
}

const draftOf = ({ pupils, category }: Send): messaging.Draft => ({
  audience: { ...messaging.nobody, ...(pupils ? { pupils } : { everyPupil: true }) },
  contactRule: pupils ? 'first' : 'everyone',
  category,
  channel: 'sms',
  subject: null,
  text: category === 'emergency' ? `${text} Please fetch your child now.` : text,
})

/** Our references of parcels that a carrier has, as the carrier would give them back in receipts. */
export async function referencesOf(
  env: Env,
  asked: Pick<Send, 'school' | 'shard'> & { message: MessageId },
): Promise<string[]> {
  const school = await schoolOf(env, asked)
  const references = await delivery.references(readSettings(env).REFERENCE_KEY)
  const found = await school.rows<{ id: ParcelId }>(
    statement(
      sql`select id from parcels where school_id = ${school.id} and message_id = ${asked.message}`,
    ),
  )
  return Promise.all(
    found.map(({ id }) => references.make({ shard: school.shard, school: school.id, parcel: id })),
  )
}

async function schoolOf(
  env: Env,
  { school, shard }: Pick<Send, 'school' | 'shard'>,
): Promise<School> {
  const directory = new Directory(await premisesOf(env))
  const found = directory.schoolAt(shard, school, system('seed'))
  invariant(found, 'the school of a bench is on its shard')
  return found
}
