import * as delivery from '#delivery'
import { type ContactId, invariant, isRefusal, millipence, newId, type UserId } from '#kernel'
import * as messaging from '#messaging'
import * as mis from '#mis'
import * as people from '#people'
import { RESTRICTED_FATHER } from '../cast/families.ts'
import type { Person, World } from './people.ts'

/** Ids already chosen for the same address, outermost first. */
type Chosen = Readonly<Record<string, string>>
type Maker = (
  world: World,
  person: Person,
  chosen: Chosen,
) => Promise<string | undefined> | string | undefined

/**
 * What stands for each `:name` of a path: a real object of St Botolph's, which its own people may
 * see and nobody else. What a visit may change is made anew for each.
 */
export const objects: Record<string, Maker> = {
  channel: () => 'sms',
  provider: () => 'sandbox-a',
  letter: deadLetter,
  organisation: ({ cast }) => cast.botolphs.id,
  pupil: ({ cast }) => cast.botolphs.pupil('Amara Adeyemi'),
  contact: ({ cast }) => cast.botolphs.contact('Folake Adeyemi'),
  point: async (_, { school }, { contact }) =>
    (await people.findContact(school, contact as ContactId))?.points[0]?.id,
  restriction: async ({ cast }, { school }) => {
    const father = cast.botolphs.contact(RESTRICTED_FATHER)
    return (await people.restrictionsOf(school, [father]))[0]?.id
  },
  message: async (world, person) => (await draft(world, person)).id,
  reply,
  import: async ({ env }, { school }) => {
    const bytes = new TextEncoder().encode(mis.SAMPLE_CSV)
    const uploaded = await mis.upload(school, env.FILES, {
      bytes,
      fileName: 'pupils.csv',
      isPartial: true,
    })
    return uploaded.ok ? uploaded.id : undefined
  },
}

async function deadLetter({ directory }: World) {
  const body = { shard: 0, school: newId('organisation'), message: newId('message') }
  await delivery.deadLetters.keep(directory, 'sends', body)
  return (await delivery.deadLetters.list(directory))[0]?.id
}

const sender = { schoolName: 'St Botolph’s Primary', smsPriceMillipence: millipence(2.4) }

/** To Amara's mother, by this very person: a Basic User sees own messages only. */
async function draft({ cast }: World, { school, years }: Person): Promise<messaging.Message> {
  const author = { id: school.actor.id as UserId, years, seesAll: true }
  const audience = { ...messaging.nobody, pupils: [cast.botolphs.pupil('Amara Adeyemi')] }
  const message = await messaging.compose(school, author, sender, {
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

/** What Amara's mother answered to a text of this very person. */
async function reply(world: World, person: Person) {
  const { school } = person
  const message = await draft(world, person)
  const refusal = await messaging.schedule(
    school,
    message,
    { dueAt: 'now', acceptsQuietHours: true },
    sender,
  )
  invariant(!refusal, 'a message for the doors is not refused')
  const outcome = await messaging.dispatch(school, message.id)
  invariant(outcome === 'dispatched' || outcome === 'already', 'a message for the doors leaves')
  const mother = await people.findContact(school, world.cast.botolphs.contact('Folake Adeyemi'))
  const from = mother?.points.find(({ channel }) => channel === 'sms')?.value
  invariant(from, 'Amara’s mother has a mobile')
  const received = await messaging.receive(school, {
    from,
    text: 'She has two.',
    provider: 'sandbox-a',
    eventId: newId('request'),
    atMs: Date.now(),
  })
  return received === 'already' ? undefined : received.id
}

/** Pages that are only there with a question after their path. */
const questions: Record<string, string> = {
  '/school/messages/:message/left-out': `?rule=${messaging.leftOutRules[0]}`,
}

/** The path with its names filled in. Throws for a name that has no object yet. */
export async function addressOf(path: string, world: World, person: Person): Promise<string> {
  const chosen: Record<string, string> = {}
  // Opened anew: one of the doors turns the school's key.
  const visitor = { ...person, school: person.school.as(person.school.actor) }
  for (const [, name = ''] of path.matchAll(/:(\w+)/g)) {
    chosen[name] = (await makerOf(name, path)(world, visitor, chosen)) ?? nothingFor(name, path)
  }
  const filled = path.replaceAll(/:(\w+)(\{[^}]*\})?/g, (_, name: string) => chosen[name] ?? '')
  return filled + (questions[path] ?? '')
}

export function makerOf(name: string, path: string): Maker {
  const maker = objects[name]
  if (maker) return maker
  throw new Error(
    `No object of St Botolph's stands for ":${name}" of ${path}, so its door is not tested. ` +
      'Add one to test/doors/objects.ts.',
  )
}

function nothingFor(name: string, path: string): never {
  throw new Error(`test/doors/objects.ts made nothing for ":${name}" of ${path}.`)
}
