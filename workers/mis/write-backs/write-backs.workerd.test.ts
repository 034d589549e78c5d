import { env } from 'cloudflare:test'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as audit from '#audit'
import { type AgentId, newId, parseId, type WriteBackId } from '#kernel'
import * as mis from '#mis'
import * as people from '#people'
import { Directory, type School, statement } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { sql } from 'drizzle-orm'
import { type CastSchool, settle } from '../../../test/cast/settle.ts'

// Mr Pym corrects Folake Adeyemi's number; the agent in the school's office takes it to the MIS.
let botolphs: CastSchool
let school: School
let oakfield: School
const agent: AgentId = newId('agent')
const by = { name: 'Eric Pym', title: 'Data Manager' }

beforeAll(async () => {
  const cast = await settle(new Directory(await premisesOf(env as unknown as Env)))
  botolphs = cast.botolphs
  school = botolphs.school
  oakfield = cast.oakfield.school
})

beforeEach(async () => {
  await school.write(statement(sql`delete from write_backs`))
})

const { writeBacks } = mis
const code = (pupil = 'Amara Adeyemi') =>
  writeBacks.queue(school, {
    kind: 'mark',
    pupilId: botolphs.pupil(pupil),
    date: '2026-11-23',
    at: { kind: 'session', session: 'AM' },
    original: 'N',
    code: 'I',
    minutesLate: null,
    reason: 'Rang: ill',
    by,
  })
const known = async (id: string | undefined) => {
  const found = parseId('write-back', id)
  return found && writeBacks.find(school, found)
}

describe('a corrected number', () => {
  test('is on its way to the MIS with the same commit, and sealed', async () => {
    const contactId = botolphs.contact('Folake Adeyemi')
    const contact = await people.findContact(school, contactId)
    const point = contact?.points.find(({ channel }) => channel === 'sms')
    if (!point) throw new Error('she has a mobile')
    const mend = (typed: string) =>
      people.mendPoint(school, point.id, typed, (mending) =>
        writeBacks.queued(school, {
          kind: 'point',
          pointId: point.id,
          contactId,
          ...mending,
          by,
        }),
      )
    expect(await mend('no number')).toMatchObject({ refused: expect.any(String) })
    expect(await mend(point.value)).toBe('confirmed')
    expect(await writeBacks.countWaiting(school)).toBe(0)

    expect(await mend('07700 900888')).toBe('mended')
    const { writeBacks: given, more } = await writeBacks.collect(school, agent)
    expect(more).toBe(false)
    expect(given).toMatchObject([
      {
        record: {
          kind: 'point',
          contact: { surname: 'Adeyemi' },
          channel: 'phone',
          was: point.value,
          is: '+447700900888',
          decidedBy: by,
        },
      },
    ])
    expect(given[0]?.record).toMatchObject({ pupils: [{ forename: 'Amara' }] })
    const [row] = await school.rows<Record<string, string>>(
      statement(sql`select * from write_backs`),
    )
    expect(JSON.stringify(row)).not.toMatch(/Adeyemi|900888/)
  })
})

describe('a number that is corrected twice', () => {
  const contactId = () => botolphs.contact('Folake Adeyemi')
  const was = '+447700900770'
  let correct: (is: string) => Promise<unknown>
  const RIGHT = '07700 900778'
  const open = async () =>
    (await writeBacks.view(school))
      .filter((one) => writeBacks.can('do-by-hand', one))
      .map(({ record }) => record.kind === 'point' && [record.was, record.is])
  const given = async () => (await writeBacks.collect(school, agent)).writeBacks
  const say = (ids: string[], outcome: 'written' | 'refused' = 'written') =>
    writeBacks.acknowledge(school, agent, { outcomes: ids.map((id) => ({ id, outcome })) })
  const last = (of: Awaited<ReturnType<typeof given>>) =>
    of.map(({ record }) => record.kind === 'point' && record.is).at(-1)

  beforeEach(async () => {
    const contact = await people.findContact(school, contactId())
    const point = contact?.points.find(({ channel }) => channel === 'sms')
    if (!point) throw new Error('she has a mobile')
    correct = (is) =>
      people.mendPoint(school, point.id, is, (mending) =>
        writeBacks.queued(school, {
          kind: 'point',
          pointId: point.id,
          contactId: contactId(),
          ...mending,
          by,
        }),
      )
    await correct(was)
    await school.write(statement(sql`delete from write_backs`))
    expect(await correct('07700 900777')).toBe('mended')
  })

  test('waits once, from what the system has to what is right', async () => {
    expect(await correct(RIGHT)).toBe('mended')
    expect(await open()).toEqual([[was, '+447700900778']])
    const [line, ...more] = await given()
    expect(more).toEqual([])
    await say([line?.id ?? ''])
    expect(await given()).toEqual([])
    expect(await writeBacks.countWaiting(school)).toBe(0)
  })

  test('and back again leaves nothing to do', async () => {
    expect(await correct(was)).toBe('mended')
    expect(await open()).toEqual([])
    expect(await given()).toEqual([])
  })

  test('while an agent has the first comes after it, and is the last word', async () => {
    const [first] = await given()
    expect(await correct('07700 900779')).toBe('mended')
    expect(await correct(RIGHT)).toBe('mended')
    // It asks again, having written none or having lost its answer: the order is the same.
    const both = await given()
    expect(both.map(({ id }) => id)).toEqual([first?.id, expect.any(String)])
    expect(last(both)).toBe('+447700900778')
    await say([first?.id ?? ''])
    expect(await open()).toEqual([['+447700900777', '+447700900778']])
  })

  test('back to what it was, while an agent has the first, is written after it', async () => {
    await given()
    expect(await correct(was)).toBe('mended')
    expect(last(await given())).toBe(was)
  })

  test('typed in by hand, is not written over by the first', async () => {
    await correct(RIGHT)
    const [waiting] = await writeBacks.view(school)
    if (!waiting) throw new Error('it waits')
    expect(await writeBacks.doByHand(school, waiting)).toBeUndefined()
    expect(await given()).toEqual([])
    expect(await open()).toEqual([])
  })

  test('typed in by hand while the agent writes the first, goes there once more', async () => {
    const [first] = await given()
    await correct(RIGHT)
    const second = (await writeBacks.view(school)).find(({ id }) => id !== first?.id)
    if (!first || !second) throw new Error('there are two')
    expect(await writeBacks.doByHand(school, second)).toBeUndefined()
    expect(await given()).toEqual([])
    expect(await open()).toEqual([])

    expect(await say([first.id])).toMatchObject({ acknowledged: 1, unknown: [] })
    expect(last(await given())).toBe('+447700900778')
    await say([second.id])
    // Told twice changes nothing.
    await say([first.id, second.id])
    expect(await given()).toEqual([])
  })

  test('the first of which no agent could write, waits once too', async () => {
    const [first] = await given()
    await say([first?.id ?? ''], 'refused')
    await correct(RIGHT)
    expect(await open()).toEqual([[was, '+447700900778']])

    const [line] = await given()
    await correct('07700 900780')
    await say([line?.id ?? ''], 'refused')
    expect(await open()).toEqual([['+447700900778', '+447700900780']])
    expect(last(await given())).toBe('+447700900780')
  })

  test('in two at the same moment leaves one of them, and the loser is told', async () => {
    const answers = await Promise.all([correct(RIGHT), correct('07700 900779')])
    expect(answers.toSorted()).toEqual(['mended', { refused: 'changed-meanwhile' }].toSorted())
    expect(await open()).toHaveLength(1)
  })
})

describe('an agent', () => {
  test('gets a decided code with who decided, again and again until it acknowledges', async () => {
    const id = await code()
    const first = await writeBacks.collect(school, agent)
    expect(first.writeBacks).toMatchObject([
      { id, record: { original: 'N', code: 'I', session: 'AM', decidedBy: by } },
    ])
    expect(await writeBacks.collect(school, agent)).toEqual(first)

    const outcomes = [{ id: id ?? '', outcome: 'written' as const }]
    const said = await writeBacks.acknowledge(school, agent, { outcomes })
    expect(said).toEqual({ acknowledged: 1, unknown: [] })
    expect(await writeBacks.acknowledge(school, agent, { outcomes })).toEqual(said)
    expect(await writeBacks.collect(school, agent)).toEqual({ writeBacks: [], more: false })
    expect(await known(id)).toMatchObject({ state: 'written' })
  })

  test('says what cannot be written, and why; a person then does it by hand', async () => {
    const id = await code()
    await writeBacks.collect(school, agent)
    const outcomes = [{ id: id ?? '', outcome: 'refused' as const, reason: 'No such pupil' }]
    await writeBacks.acknowledge(school, agent, { outcomes })
    const refused = await known(id)
    expect(refused).toMatchObject({ state: 'refused', refusedBecause: 'No such pupil' })
    expect((await writeBacks.collect(school, agent)).writeBacks).toEqual([])
    expect(await writeBacks.countWaiting(school)).toBe(1)

    if (!refused) throw new Error('found')
    expect(await writeBacks.doByHand(school, refused)).toBeUndefined()
    expect(await writeBacks.doByHand(school, refused)).toEqual({ refused: 'already-closed' })
    expect(await writeBacks.countWaiting(school)).toBe(0)
  })

  test('of another school, or another agent, acknowledges nothing', async () => {
    const id = (await code()) as WriteBackId
    await writeBacks.collect(school, agent)
    const outcomes = [{ id, outcome: 'written' as const }]
    const nothing = { acknowledged: 0, unknown: [id] }
    expect(await writeBacks.acknowledge(oakfield, agent, { outcomes })).toEqual(nothing)
    expect(await writeBacks.acknowledge(school, newId('agent'), { outcomes })).toEqual(nothing)
    expect(await writeBacks.collect(oakfield, agent)).toEqual({ writeBacks: [], more: false })
    expect(await known(id)).toMatchObject({ state: 'collected' })
  })

  test('that asks again and again stands in the trail once for each that it is given', async () => {
    const asking: AgentId = newId('agent')
    const counts = async () =>
      (await audit.about(school, asking, 10)).map(({ facts }) => facts['writeBacks'])
    await code()
    for (let times = 0; times < 3; times++) await writeBacks.collect(school, asking)
    expect(await counts()).toEqual([1])
    await code('Teddy Marsh')
    expect((await writeBacks.collect(school, asking)).writeBacks).toHaveLength(2)
    expect(await counts()).toEqual([1, 1])
  })

  test('that was replaced leaves the rest to the next one', async () => {
    const id = await code()
    await writeBacks.collect(school, agent)
    const next: AgentId = newId('agent')
    expect((await writeBacks.collect(school, next)).writeBacks.map((one) => one.id)).toEqual([id])
    const outcomes = [{ id: id ?? '', outcome: 'written' as const }]
    const late = await writeBacks.acknowledge(school, agent, { outcomes })
    expect(late).toMatchObject({ unknown: [id] })
  })

  test('gets many in bounded answers, the oldest first, and the trail counts them', async () => {
    const before = writeBacks.MAX_COLLECTED + 1
    for (let count = 0; count < before; count++) await code('Teddy Marsh')
    const first = await writeBacks.collect(school, agent)
    expect([first.writeBacks.length, first.more]).toEqual([writeBacks.MAX_COLLECTED, true])
    const [entry] = await audit.about(school, agent, 1)
    expect(entry).toMatchObject({
      action: 'write-backs.collected',
      facts: { writeBacks: writeBacks.MAX_COLLECTED },
    })
    const outcomes = first.writeBacks.map(({ id }) => ({ id, outcome: 'written' as const }))
    await writeBacks.acknowledge(school, agent, { outcomes })
    expect((await writeBacks.collect(school, agent)).writeBacks).toHaveLength(1)
  })
})

test('nobody is written about who is not known', async () => {
  const nobody = { ...by }
  const queued = await writeBacks.queued(school, {
    kind: 'mark',
    pupilId: newId('pupil'),
    date: '2026-11-23',
    at: { kind: 'lesson', period: 'P1' },
    original: 'N',
    code: 'I',
    minutesLate: null,
    reason: null,
    by: nobody,
  })
  expect(queued).toEqual([])
})
