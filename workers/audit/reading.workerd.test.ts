import { env } from 'cloudflare:test'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import * as audit from '#audit'
import { newId, type PupilId, type SupportAccessId, type UserId } from '#kernel'
import { type Beside, Directory, type School, statement, system } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'

// A school's trail of some days: two of its people, support for a while, and the machine.
const DAY_MS = 86_400_000
const START_MS = Date.UTC(2026, 8, 7, 8)
const okafor = newId('user')
const pym = newId('user')
const dot = newId('user')
const visit = newId('support-access')
const [amara, teddy] = [newId('pupil'), newId('pupil')]
let nowMs = START_MS
let school: School
let neighbour: School

const asUser = (id: UserId) => school.as({ kind: 'user', id })
const asSupport = (access: SupportAccessId) =>
  school.as({ kind: 'operator', id: dot, role: 'operator-basic', access })
const words = (entries: audit.TrailEntry[]) =>
  entries.map(({ action, actorId }) => `${action} ${names[actorId] ?? actorId}`)
const names: Record<string, string> = { [okafor]: 'Okafor', [pym]: 'Pym', [dot]: 'Dot' }

beforeAll(async () => {
  const clock = { now: () => nowMs }
  const directory = new Directory({ ...(await premisesOf(env as unknown as Env)), clock })
  const open = async () => {
    const id = newId('organisation')
    await directory.premises.vault.create(id)
    await directory.write([directory.placed(id, 0)])
    return (await directory.school(id, system('clock'))) as School
  }
  school = await open()
  neighbour = await open()
  await audit.viewed(neighbour, 'pupil.viewed', [amara])
  const later = () => (nowMs += 1_000)
  await audit.viewed(asUser(okafor), 'pupil.viewed', [amara, teddy])
  later()
  await audit.viewed(asUser(pym), 'pupil.viewed', [teddy])
  later()
  await audit.viewed(asUser(okafor), 'restriction.viewed', [teddy], { restrictions: 1 })
  nowMs = START_MS + DAY_MS
  await audit.viewed(asSupport(visit), 'pupil.viewed', [teddy])
  later()
  await audit.viewed(asSupport(newId('support-access')), 'contact.viewed', [newId('contact')])
  later()
  await school.commit(audit.entry(school, 'message.dispatched', newId('message')))
})

describe('a look', () => {
  it('is one entry for each record, in one statement', async () => {
    const found = await audit.list(school, { limit: 50, actor: okafor, actions: ['pupil.viewed'] })
    expect(found.map(({ subject }) => subject).toSorted()).toEqual([amara, teddy].toSorted())
    expect(new Set(found.map(({ atMs }) => atMs)).size).toBe(1)
  })

  it('says at which level and by what leave, where it is the operator’s', async () => {
    const [found] = await audit.list(school, { limit: 1, access: visit })
    expect(found).toMatchObject({ actorKind: 'operator', actorId: dot, action: 'pupil.viewed' })
    expect(found?.facts).toEqual({ level: 'operator-basic', access: visit })
  })

  it('of nothing writes nothing', async () => {
    const before = await audit.count(school, {}, 100)
    await audit.viewed(asUser(pym), 'pupil.viewed', [])
    expect(await audit.count(school, {}, 100)).toBe(before)
  })

  const beside = (): Beside => ({ during: [], after: [] })

  it('at a record is written beside the page that shows it, and there before the answer leaves', async () => {
    const { during, after } = beside()
    const subject = newId('pupil')
    const page = school.as({ kind: 'user', id: pym }, { during, after })
    await audit.viewed(page, 'reply.viewed', [subject])
    expect([during.length, after.length]).toEqual([1, 0])
    await Promise.all(during)
    expect(await audit.about(school, subject, 5)).toHaveLength(1)
  })

  it('at a record that cannot be written down fails the page', async () => {
    const one = beside()
    const page = school.as({ kind: 'user', id: pym }, one)
    await page.alongside(Promise.reject(new Error('no database')))
    await expect(Promise.all(one.during)).rejects.toThrow('no database')
  })

  it('at a list is written when the answer is made, and at once where there is no page', async () => {
    const one = beside()
    const page = school.as({ kind: 'user', id: pym }, one)
    const staffViews = () => audit.count(school, { actions: ['staff.viewed'] }, 10)
    await audit.listed(page, 'staff.viewed', { staff: 3 })
    expect([one.during.length, await staffViews()]).toEqual([0, 0])
    await Promise.all(one.after.map((work) => work()))
    expect(await staffViews()).toBe(1)
    await audit.listed(asUser(pym), 'staff.viewed', { staff: 3 })
    expect(await staffViews()).toBe(2)
  })
})

describe('the trail is searched', () => {
  const found = async (filter: audit.Filter, limit = 50) =>
    words(await audit.list(school, { limit, ...filter }))

  it('by person', async () => {
    expect(await found({ actor: okafor })).toEqual([
      'restriction.viewed Okafor',
      'pupil.viewed Okafor',
      'pupil.viewed Okafor',
    ])
  })

  it('by what was done, newest first over several actions, and no further than asked', async () => {
    const actions = ['message.dispatched', 'pupil.viewed', 'nothing.done']
    expect(await found({ actions })).toEqual([
      'message.dispatched clock',
      'pupil.viewed Dot',
      'pupil.viewed Pym',
      'pupil.viewed Okafor',
      'pupil.viewed Okafor',
    ])
    expect(await found({ actions }, 2)).toEqual(['message.dispatched clock', 'pupil.viewed Dot'])
  })

  it('by subject, by leave, by days, and by all together', async () => {
    expect(await found({ subject: amara })).toEqual(['pupil.viewed Okafor'])
    expect(await found({ access: visit })).toEqual(['pupil.viewed Dot'])
    expect(await found({ isOperators: true })).toEqual(['contact.viewed Dot', 'pupil.viewed Dot'])
    const dayTwo = START_MS + DAY_MS
    expect(await found({ fromMs: dayTwo, actor: dot })).toHaveLength(2)
    expect(await found({ untilMs: START_MS })).toEqual([])
    expect(await found({ untilMs: dayTwo, subject: teddy, actor: pym })).toEqual([
      'pupil.viewed Pym',
    ])
    expect(await found({ subject: teddy, actor: pym, actions: ['restriction.viewed'] })).toEqual([])
    expect(await found({ actions: ['pupil.viewed'], untilMs: dayTwo, fromMs: START_MS })).toEqual([
      'pupil.viewed Pym',
      'pupil.viewed Okafor',
      'pupil.viewed Okafor',
    ])
  })

  it('page by page, without a gap and without a double', async () => {
    const all = await audit.list(school, { limit: 50 })
    const paged: audit.TrailEntry[] = []
    for (let before: string | undefined; ;) {
      const page = await audit.list(school, { limit: 2, before })
      if (page.length === 0) break
      paged.push(...page)
      before = page.at(-1)?.id
    }
    expect(paged).toEqual(all)
    const actions = ['pupil.viewed']
    const [, second] = await audit.list(school, { limit: 2, actions })
    expect(await found({ actions }, 1)).toHaveLength(1)
    const rest = await audit.list(school, { limit: 50, actions, before: second?.id })
    expect(words(rest)).toEqual(['pupil.viewed Okafor', 'pupil.viewed Okafor'])
  })

  it('and counted, no further than asked', async () => {
    expect(await audit.count(school, { actions: ['pupil.viewed', 'contact.viewed'] }, 100)).toBe(5)
    expect(await audit.count(school, {}, 3)).toBe(3)
    expect(await audit.count(school, { actor: newId('user') }, 3)).toBe(0)
  })

  it('of one school only', async () => {
    expect(await audit.list(neighbour, { limit: 50, subject: amara })).toHaveLength(1)
    expect(await audit.list(neighbour, { limit: 50, actions: ['pupil.viewed'] })).toHaveLength(1)
    expect(await audit.list(neighbour, { limit: 50, access: visit })).toEqual([])
  })
})

describe('who has looked at a pupil', () => {
  it('is told newest first, looks at restrictions and support among them', async () => {
    expect(words(await audit.looks(school, teddy as PupilId, { limit: 10 }))).toEqual([
      'pupil.viewed Dot',
      'restriction.viewed Okafor',
      'pupil.viewed Pym',
      'pupil.viewed Okafor',
    ])
    const [first] = await audit.looks(school, teddy, { limit: 1 })
    const rest = await audit.looks(school, teddy, { limit: 1, before: first?.id })
    expect(words(rest)).toEqual(['restriction.viewed Okafor'])
  })
})

describe('each way to look something up', () => {
  const plan = async (query: { toSQL(): { sql: string; params: unknown[] } }) => {
    const { sql: text, params } = query.toSQL()
    const steps = await school.rows<{ detail: string }>({
      sql: `explain query plan ${text}`,
      params,
    })
    return steps.map(({ detail }) => detail).join('\n')
  }
  const everything = { actor: okafor, actions: ['pupil.viewed'], fromMs: START_MS }

  it.each<[string, audit.Filter]>([
    ['trail_by_id', { fromMs: START_MS }],
    ['trail_by_actor', everything],
    ['trail_by_subject', { ...everything, subject: teddy }],
    ['trail_by_operator', { ...everything, access: visit }],
    ['trail_by_operator', { isOperators: true }],
    ['trail_by_action', { actions: ['pupil.viewed', 'contact.viewed'], fromMs: START_MS }],
  ])('uses %s', async (index, filter) => {
    const steps = await plan(audit.list(school, { limit: 50, ...filter }))
    expect(steps).toContain(
      `USING INDEX ${index}`.replace('INDEX trail_by_action', 'COVERING INDEX trail_by_action'),
    )
    expect(steps).not.toContain('SCAN trail')
    if (!filter.actions || filter.actor) expect(steps).not.toContain('TEMP B-TREE')
    const existing = await school.rows<{ name: string }>(
      statement(sql`select name from sqlite_master where type = 'index' and name = ${index}`),
    )
    expect(existing).toHaveLength(1)
  })
})
