import * as access from '#access'
import * as agents from '#agents'
import * as delivery from '#delivery'
import { newKeyPair } from '#vault'
import { type ContactId, isRefusal, newId, toBase64url } from '#kernel'
import * as messaging from '#messaging'
import * as mis from '#mis'
import * as people from '#people'
import { RESTRICTED_FATHER } from '../cast/families.ts'
import { adult, tie } from '../cast/pieces.ts'
import { draft, type Family, reply } from './correspondence.ts'
import { exportOfBotolphs, letIn } from './guests.ts'
import type { Person, World } from './people.ts'

/** Ids already chosen for the same address, outermost first. */
type Chosen = Readonly<Record<string, string>>
type Maker = (
  world: World,
  person: Person,
  chosen: Chosen,
  path: string,
) => Promise<string | undefined> | string | undefined
export type Makers = Readonly<Record<string, Maker>>

const pointOf: Maker = async (_, { school }, { contact }) =>
  (await people.findContact(school, contact as ContactId))?.points[0]?.id

/** A second record of a parent, as two systems bring one: only such are ever joined. */
function twinOf({ child, parent }: Family): Maker {
  return async ({ cast }, { school }) => {
    const [forename = '', surname = ''] = parent.split(' ')
    const twin = newId('contact')
    await school.write(
      await people.contactsSaved(school, [adult(twin, forename, surname)]),
      await people.relationshipsSaved(school, [tie(cast.botolphs.pupil(child), twin, 9)]),
    )
    return twin
  }
}

/** In Year 4, which the Basic User may write to. */
const near: Family = { child: 'Amara Adeyemi', parent: 'Folake Adeyemi' }

/**
 * What stands for each `:name` of a path: a real object of St Botolph's, which its own people may
 * see and nobody else. What a visit may change is made anew for each.
 */
export const objects: Makers = {
  channel: () => 'sms',
  provider: () => 'larch',
  letter: deadLetter,
  // A school's data is not sealed anew for each knock: next door there is little of it.
  organisation: ({ cast }, _, __, path) =>
    path.startsWith('/operator/keys/') ? cast.oakfield.id : cast.botolphs.id,
  user: colleague,
  invitation: invitee,
  review: openReview,
  access: ({ directory, cast }) => letIn(directory, cast, 'dot'),
  export: exportOfBotolphs,
  pupil: ({ cast }) => cast.botolphs.pupil(near.child),
  contact: ({ cast }) => cast.botolphs.contact(near.parent),
  other: twinOf(near),
  writeBack: decision,
  mapping: mappingOf,
  point: pointOf,
  restriction: async ({ cast }, { school }) => {
    const father = cast.botolphs.contact(RESTRICTED_FATHER)
    return (await people.restrictionsOf(school, [father]))[0]?.id
  },
  message: async (world, person) => (await draft(world, person, near)).id,
  reply: (world, person) => reply(world, person, near),
  agent: agentOf,
  import: async ({ env }, { school }) => {
    const bytes = new TextEncoder().encode(mis.SAMPLE_CSV)
    const uploaded = await mis.upload(school, env.FILES, {
      bytes,
      fileName: 'pupils.csv',
      isPartial: true,
      dfeNumber: null,
      ourName: 'St Botolph’s',
    })
    return uploaded.ok ? uploaded.id : undefined
  },
}

/** In Year 2, which the Basic User may not write to: nothing of this family is hers to see. */
const far: Family = { child: 'Teddy Marsh', parent: 'Kerry Marsh' }

/** The same, of a year group that a limited user was not granted; made by somebody who may. */
export const ofAnotherYear: Makers = {
  pupil: ({ cast }) => cast.botolphs.pupil(far.child),
  contact: ({ cast }) => cast.botolphs.contact(far.parent),
  other: twinOf(far),
  point: pointOf,
  restriction: objects['restriction'] as Maker,
  message: async (world) => (await draft(world, administratorOf(world), far)).id,
  reply: (world) => reply(world, administratorOf(world), far),
}

/** What no year group has: which is said here, so that a new name is thought about. */
export const ofNoYear: readonly string[] = [
  'writeBack',
  'mapping',
  'import',
  'channel',
  'provider',
  'letter',
  'organisation',
  'user',
  'invitation',
  'review',
  'access',
  'agent',
]

export function administratorOf({ people: all }: World): Person {
  const found = all.find(
    ({ of, role, isNextDoor }) => of === 'school' && role === 'administrator' && !isNextDoor,
  )
  if (!found) throw new Error('St Botolph’s has an Administrator')
  return found
}

/** Somebody new of the organisation whose area the path is in, whatever the visit does to them. */
async function colleague({ directory, cast }: World, _: Person, __: Chosen, path: string) {
  const [area, role] = areaIn(cast, path)
  const email = `${newId('request')}@example.com`
  const details = { role, name: 'Robin Colleague', email, password: 'a gate left ajar' }
  const added = await access.addUser(directory, area, details)
  return isRefusal(added) ? undefined : added
}

async function invitee({ directory, cast }: World, _: Person, __: Chosen, path: string) {
  const [area, role, kind] = areaIn(cast, path)
  const email = `${newId('request')}@example.com`
  const asked = { kind, role, name: 'Ash Invited', email, grants: [], yearGroups: null }
  const sent = await access.invite(directory, area, asked, async () => [])
  return isRefusal(sent) ? undefined : sent.id
}

/** The term's, of the organisation whose area the path is in. */
async function openReview({ directory, cast }: World, _: Person, __: Chosen, path: string) {
  const [area] = areaIn(cast, path)
  await access.openReview(directory, area, access.termAt(directory.clock.now()))
  return (await access.openReviewOf(directory, area.id))?.id
}

/** Of a page that stands in every area: this one's people. */
function areaIn({ botolphs, northmoor, operator }: World['cast'], path: string) {
  if (path.startsWith('/authority'))
    return [northmoor.school, 'virtual-school-officer', 'authority'] as const
  if (path.startsWith('/operator')) return [operator.school, 'operator-basic', 'operator'] as const
  return [botolphs.school, 'basic', 'school'] as const
}

/** A code that belongs in the school's own system. */
function decision({ cast }: World) {
  return mis.writeBacks.queue(cast.botolphs.school, {
    kind: 'mark',
    pupilId: cast.botolphs.pupil(near.child),
    date: '2026-11-23',
    at: { kind: 'session', session: 'AM' },
    original: 'N',
    code: 'I',
    minutesLate: null,
    reason: null,
    by: { name: 'Robin Colleague', title: 'Attendance officer' },
  })
}

/** Of headings and of a name that no mapping has yet. */
async function mappingOf({ cast }: World) {
  const name = newId('request')
  const mapping = mis.mappings.begin(['UPN', name])
  const saved = await mis.mappings.save(cast.botolphs.school, { name, mapping })
  return isRefusal(saved) ? undefined : saved
}

/** A program of the school's, at work. There is room for ten, so those that were met before make some. */
async function agentOf({ directory }: World, { school }: Person) {
  const before = await agents.list(directory, school)
  for (const { id, state } of before)
    if (state !== 'revoked') await agents.revoke(directory, school, id)
  const asked = { name: 'Office server', nightlyHour: null }
  const place = await agents.openEnrolment(directory, school, asked)
  if (isRefusal(place)) return undefined
  const { publicKey } = await newKeyPair()
  const bringing = { code: place.code, agentPublicKey: toBase64url(publicKey), version: '1.0.0' }
  const enrolled = await agents.enrol(directory, bringing, async (area) => area)
  return isRefusal(enrolled) ? undefined : enrolled.agentId
}

async function deadLetter({ directory }: World) {
  const body = { shard: 0, school: newId('organisation'), message: newId('message') }
  await delivery.deadLetters.keep(directory, 'sends', newId('request'), body)
  return (await delivery.deadLetters.list(directory))[0]?.id
}

/** Pages that are only there with a question after their path. */
const questions: Record<string, string> = {
  '/school/messages/:message/left-out': `?rule=${messaging.leftOutRules[0]}`,
}

/** The path with its names filled in. Throws for a name that has no object yet. */
export async function addressOf(
  path: string,
  world: World,
  person: Person,
  makers: Makers = objects,
): Promise<string> {
  const chosen: Record<string, string> = {}
  // Opened anew: one of the doors turns the school's key.
  const visitor = { ...person, school: person.school.as(person.school.actor) }
  for (const name of namesIn(path)) {
    chosen[name] =
      (await makerOf(name, path, makers)(world, visitor, chosen, path)) ?? nothingFor(name, path)
  }
  const filled = path.replaceAll(/:(\w+)(\{[^}]*\})?/g, (_, name: string) => chosen[name] ?? '')
  return filled + (questions[path] ?? '')
}

export const namesIn = (path: string): string[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)

export function makerOf(name: string, path: string, makers: Makers = objects): Maker {
  const maker = makers[name]
  if (maker) return maker
  throw new Error(
    `No object of St Botolph's stands for ":${name}" of ${path}, so its door is not tested. ` +
      'Add one to test/doors/objects.ts.',
  )
}

function nothingFor(name: string, path: string): never {
  throw new Error(`test/doors/objects.ts made nothing for ":${name}" of ${path}.`)
}
