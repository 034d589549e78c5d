import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { invariant } from '#kernel'
import { Directory } from '#shards'
import { reviews } from '#workers/access/reviews/directory-tables.ts'
import { REVIEW_GRACE_MS } from '#workers/access/reviews/review.ts'
import { type Env, premisesOf } from '#workers/env.ts'
import { requestAt } from '../../../test/doors/knock.ts'
import { administratorOf } from '../../../test/doors/objects.ts'
import { open, type Person, type World } from '../../../test/doors/people.ts'

// St Botolph's has one Administrator, Mrs Okafor; Mr Pym is its Data Manager, Miss Bell a Basic User.
const worker = (exports as unknown as { default: Fetcher }).default
let world: World
let okafor: Person
let directory: Directory
let review: access.Review

beforeAll(async () => {
  const given = env as unknown as Env
  directory = new Directory(await premisesOf(given))
  world = await open(given)
  okafor = administratorOf(world)
  const { school } = world.cast.botolphs
  await access.openReview(directory, school, access.termAt(directory.clock.now()))
  review = await openReview()
})

async function openReview(): Promise<access.Review> {
  const found = await access.openReviewOf(directory, world.cast.botolphs.id)
  invariant(found, 'St Botolph’s has a review open')
  return found
}

const ask = async (path: string, form?: Record<string, string>, person = okafor) => {
  const body = form && new URLSearchParams(form)
  const answer = await worker.fetch(
    await requestAt(path, person, form ? 'POST' : 'GET', undefined, body),
  )
  return { answer, text: (await answer.text()).replace(/\s+/g, ' ') }
}
const person = (called: string): Person => {
  const found = world.people.find((one) => one.called === called)
  invariant(found, `${called} is of the cast`)
  return found
}
const path = (below = '') => `/school/reviews/${review.id}${below}`
const pym = () => world.cast.botolphs.user('pym')
const bell = () => world.cast.botolphs.user('bell')
const seenOf = async (id: access.User['id']) => {
  const user = await access.find(directory, world.cast.botolphs.school, id)
  invariant(user, 'a user of the cast is there')
  return access.levelText(user)
}
const heading = (text: string) => /<h1[^>]*>(.*?)<\/h1>/.exec(text)?.[1]

describe('the review of a term', () => {
  test('shows who has access, what it is, and how far the review has got', async () => {
    const { answer, text } = await ask('/school/reviews')
    expect(answer.status).toBe(200)
    expect(heading(text)).toContain('Access reviews')
    expect(text).toMatch(/<progress[^>]* value="0"/)
    for (const shown of ['Mrs Ngozi Okafor', 'Mr Arthur Pym', 'Year 3, Year 4 only', 'Never'])
      expect(text).toContain(shown)
    expect(text).toContain('Past reviews, with who decided what')
    expect(text).not.toContain('/completion"')
  })

  test('says where there is none when the next one opens', async () => {
    const { text } = await ask('/operator/reviews', undefined, person('operator, Administrator'))
    expect(text).toContain('No review is open')
    expect(text).toContain(access.showTerm(access.termAfter(directory.clock.now()).name))
  })

  test('is for those in charge alone', async () => {
    for (const called of ['a Data Manager', 'a Basic User', 'the Administrator next door'])
      expect((await ask(path(), undefined, person(called))).answer.status).toBe(404)
  })
})

describe('deciding', () => {
  test('“Keep” notes it at once, of the level that was shown', async () => {
    const stale = { user: pym(), seen: '["basic",[],null]' }
    expect((await ask(path('/sign-offs'), stale)).answer.headers.get('Location')).toBe(
      '/school/reviews',
    )
    expect((await ask('/school/reviews')).text).toMatch(/<progress[^>]* value="0"/)
    await ask(path('/sign-offs'), { user: pym(), seen: await seenOf(pym()) })
    const { text } = await ask('/school/reviews')
    expect(text).toMatch(/<progress[^>]* value="1"/)
    expect(text).toContain('by Mrs Ngozi Okafor')
  })

  test('without a choice names the field, keeps what was typed, and changes nothing', async () => {
    const { answer, text } = await ask(path(`/users/${bell()}`), { note: 'Here until <July>' })
    expect(answer.status).toBe(422)
    expect(text).toContain('<a href="#decision">Choose what to do about their access</a>')
    expect(text).toContain('value="Here until &lt;July&gt;"')
    expect((await ask('/school/reviews')).text).toMatch(/<progress[^>]* value="1"/)
  })

  test('to change without years names that field; a role of the operator is no role here', async () => {
    const seen = await seenOf(bell())
    const changed = { decision: 'changed', seen, note: '' }
    const years = await ask(path(`/users/${bell()}`), { ...changed, role: 'basic' })
    expect(years.answer.status).toBe(422)
    expect(years.text).toContain('<a href="#years">')
    const above = await ask(path(`/users/${bell()}`), {
      ...changed,
      role: 'operator-administrator',
    })
    expect(above.text).toContain('<a href="#role">Choose a role</a>')
    expect(await seenOf(bell())).toBe(seen)
  })

  test('a note that is too long is given back', async () => {
    const note = 'n'.repeat(access.MAX_NOTE_LENGTH + 1)
    const { answer, text } = await ask(path(`/users/${bell()}`), { decision: 'kept', note })
    expect(answer.status).toBe(422)
    expect(text).toContain('<a href="#note">Write at most 300 characters</a>')
    expect(text).toContain(note)
  })

  test('to change a role does so, with a note', async () => {
    const seen = await seenOf(bell())
    const form = { decision: 'changed', seen, role: 'basic', years: '*', note: 'All years now' }
    const { answer } = await ask(path(`/users/${bell()}`), form)
    expect(answer.status).toBe(303)
    expect(await seenOf(bell())).toBe('["basic",[],null]')
    expect((await ask(path())).text).toContain('All years now')
  })

  test('nobody of another school can be decided about', async () => {
    const abara = world.cast.oakfield.user('abara')
    expect((await ask(path(`/users/${abara}`))).answer.status).toBe(404)
    const kept = { decision: 'kept', seen: '', note: '' }
    expect((await ask(path(`/users/${abara}`), kept)).answer.status).toBe(404)
  })

  test('whoever is in charge alone says of themselves that they stay, and nothing else', async () => {
    const own = path(`/users/${okafor.school.actor.id}`)
    const { text } = await ask(own)
    expect(text).toContain('value="kept"')
    expect(text).not.toContain('value="removed"')
    const seen = await seenOf(okafor.school.actor.id as access.User['id'])
    const removed = await ask(own, { decision: 'removed', seen, note: '' })
    expect(removed.answer.status).toBe(422)
    expect(removed.text).toContain('Somebody else who is in charge has to decide about you')
  })
})

describe('the end of a review', () => {
  const overdue = (ms: number) =>
    directory.db.update(reviews).set({ dueAtMs: directory.clock.now() - ms })

  test('is not reached while somebody is not decided about', async () => {
    const { answer, text } = await ask(path('/completion'), { statement: 'yes' })
    expect(answer.status).toBe(422)
    expect(text).toContain('Somebody is still to be decided about')
    expect((await openReview()).id).toBe(review.id)
  })

  test('overdue, it is said; after its grace nobody is given access, and messages go on', async () => {
    await overdue(1)
    expect((await ask('/school/reviews')).text).toContain('The access review was due by')
    expect((await ask('/school/users')).answer.status).toBe(200)
    await overdue(REVIEW_GRACE_MS + 60_000)
    const users = await ask('/school/users')
    expect(users.answer.status).toBe(200)
    expect(users.text).not.toContain('Invite a user')
    expect((await ask('/school/users/new')).answer.status).toBe(404)
    expect((await ask('/school/imports')).answer.status).toBe(404)
    expect((await ask('/school/messages/new')).answer.status).toBe(200)
    expect((await ask('/school/reviews')).text).toContain('are held back until it is complete')
  })

  test('overdue, whoever must go is shut out all the same, and is not let in again', async () => {
    const at = (below: string) => `/school/users/${pym()}${below}`
    const shown = await ask(at(''))
    expect(shown.text).not.toContain(`href="${at('/role')}"`)
    for (const open of ['/suspension', '/removal', '/password-change', '/factors']) {
      expect([open, (await ask(at(open))).answer.status]).toEqual([open, 200])
    }
    expect((await ask(at('/sessions'), {})).answer.status).toBe(303)
    expect((await ask(at('/suspension'), {})).answer.status).toBe(303)
    expect((await ask(at(''))).text).not.toContain('Reinstate')
    for (const shut of ['/role', '/reinstatement']) {
      expect([shut, (await ask(at(shut), {})).answer.status]).toEqual([shut, 404])
    }
    const { school } = world.cast.botolphs
    const [viewed] = await audit.list(school, { limit: 1, actions: ['user.viewed'] })
    expect(viewed?.subject).toBe(pym())
    await access.reinstate(directory, okafor.school, pym())
  })

  test('asks for the statement, and then lifts what was held back at once', async () => {
    const everybody = await access.list(directory, world.cast.botolphs.school)
    for (const { id, state } of everybody)
      if (state === 'active') await ask(path('/sign-offs'), { user: id, seen: await seenOf(id) })
    expect((await ask('/school/reviews')).text).toContain('/completion"')
    const silent = await ask(path('/completion'), {})
    expect(silent.answer.status).toBe(422)
    expect(silent.text).toContain('<a href="#statement">')
    const { answer } = await ask(path('/completion'), { statement: 'yes' })
    expect(answer.headers.get('Location')).toBe(path())
    expect((await ask('/school/users')).answer.status).toBe(200)
    expect((await ask(path(`/users/${bell()}`))).answer.status).toBe(404)
  })

  test('leaves a record, to read and to download, and the trail knows of that', async () => {
    const { text } = await ask(path())
    expect(text).toContain('by Mrs Ngozi Okafor')
    const { answer, text: csv } = await ask(path('/export'))
    expect(answer.headers.get('Content-Disposition')).toContain('.csv')
    expect(csv).toContain('Miss Clara Bell,Kept,Basic User')
    const entries = await audit.list(world.cast.botolphs.school, { limit: 10 })
    expect(entries.map(({ action }) => action)).toContain('review.exported')
    expect((await ask('/school/reviews')).text).toContain('No review is open')
  })
})
