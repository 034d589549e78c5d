import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import * as attendance from '#attendance'
import * as audit from '#audit'
import { type ContactId, isRefusal, londonDay, newId, systemClock } from '#kernel'
import * as mis from '#mis'
import * as people from '#people'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { adult, reach, tie } from '../../../test/cast/pieces.ts'
import { type CastSchool, settle } from '../../../test/cast/settle.ts'
import { ask, cookieOf, htmlOf, PASSWORD, wordsOf } from '../../../test/cast/visitor.ts'

// Mr Pym, the Data Manager, works through what is amiss; Miss Bell, a Basic User, sees none of it.
const today = londonDay(systemClock.now())
let directory: Directory
let botolphs: CastSchool
let school: School
let pym: string
let bell: string
const twice: ContactId = newId('contact')

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  const cast = await settle(directory, { password: PASSWORD })
  botolphs = cast.botolphs
  school = botolphs.school
  pym = await cookieOf(directory, 'pym')
  bell = await cookieOf(directory, 'bell')
  await school.write(
    await people.contactsSaved(school, [adult(twice, 'Agnieszka', 'Nowak')]),
    await people.relationshipsSaved(school, [tie(botolphs.pupil('Zofia Nowak'), twice, 2)]),
    await people.pointsSaved(school, [reach(twice, '+447700900777')]),
  )
})

describe('contact data to check', () => {
  test('lists each kind with its number, and links to where it is put right', async () => {
    const page = await htmlOf(ask(pym, '/school/data-quality'))
    for (const heading of ['Nobody can be told', 'One contact only', 'There twice'])
      expect(page).toContain(heading)
    expect(page).toContain('Astrid Lindqvist')
    expect(page).toContain(`/school/contacts/${botolphs.contact('Agnieszka Nowak')}`)
    expect(page).toContain('Jonah Reed')
    expect((await ask(bell, '/school/data-quality')).status).toBe(404)
  })

  test('two records are joined once somebody says which stays', async () => {
    const mother = botolphs.contact('Agnieszka Nowak')
    const path = `/school/contacts/${mother}/joining/${twice}`
    const before = await htmlOf(ask(pym, path))
    expect(before).toContain('This cannot be undone')
    const unsaid = await ask(pym, path, {})
    expect(unsaid.status).toBe(422)
    expect(await htmlOf(unsaid)).toContain('Choose which record stays')
    const stranger = { keep: botolphs.contact('Kerry Marsh') }
    expect((await ask(pym, path, stranger)).status).toBe(422)
    expect((await ask(bell, path, { keep: mother })).status).toBe(404)
    expect(await people.findContact(school, twice)).toBeDefined()

    const done = await ask(pym, path, { keep: mother })
    expect(done.headers.get('Location')).toBe(`/school/contacts/${mother}`)
    expect((await people.findContact(school, mother))?.points).toHaveLength(2)
    expect((await ask(pym, path)).status).toBe(404)
    expect((await ask(pym, `/school/contacts/${mother}/joining/${mother}`)).status).toBe(404)
  })
})

describe('joining a father under an order', () => {
  const path = (one: ContactId, other: ContactId) => `/school/contacts/${one}/joining/${other}`

  test('to the mother is refused in a sentence, by whichever URL, and nobody is shown', async () => {
    const [father, mother] = [botolphs.contact('Dean Marsh'), botolphs.contact('Kerry Marsh')]
    for (const at of [path(father, mother), path(mother, father)]) {
      for (const answer of [await ask(pym, at), await ask(pym, at, { keep: mother })]) {
        expect(answer.status).toBe(409)
        const words = await wordsOf(answer)
        expect(words).toContain('Only contacts on the list “There twice” can be joined')
        expect(words).not.toContain('Marsh')
      }
    }
    expect(await people.findContact(school, father)).toBeDefined()
    expect((await people.restrictionsOf(school, [father, mother])).length).toBe(1)
    expect((await people.restrictionsOf(school, [mother])).length).toBe(0)
  })

  test('to his second record shows the order on his card, and says what will hold', async () => {
    const father = botolphs.contact('Dean Marsh')
    const again: ContactId = newId('contact')
    await school.write(
      await people.contactsSaved(school, [adult(again, 'Dean', 'Marsh')]),
      await people.relationshipsSaved(school, [tie(botolphs.pupil('Teddy Marsh'), again, 3)]),
    )
    const [order] = await people.restrictionsOf(school, [father])
    const words = await wordsOf(ask(pym, path(again, father)))
    const [unrestricted, restricted] = words.split('Second:')
    expect(unrestricted).toMatch(/Restrictions None/)
    expect(restricted).toContain('Do not contact about')
    expect(restricted).toContain(order?.record?.reason)
    expect(words).toMatch(/Whichever you keep, \S*\s*Dean Marsh must not be contacted about/)
    expect(words).not.toContain('may bring the second record back')
    const [entry] = await audit.about(school, father, 1)
    expect(entry?.action).toBe('restriction.viewed')

    expect((await ask(pym, path(again, father), { keep: again })).status).toBe(303)
    expect((await people.findContact(school, again))?.children[0]?.standing).toBe('all-contact')
  })
})

describe('back to the school’s own system', () => {
  test('a corrected number is listed with who corrected it, until somebody has typed it in', async () => {
    expect(await htmlOf(ask(pym, '/school/write-backs'))).toContain('Nothing to take back')
    const id = botolphs.contact('Kerry Marsh')
    const contact = await people.findContact(school, id)
    const point = contact?.points.find(({ channel }) => channel === 'sms')
    const at = `/school/contacts/${id}/points/${point?.id}`
    expect((await ask(pym, at, { value: '07700 900999' })).status).toBe(303)

    const listed = await htmlOf(ask(pym, '/school/write-backs'))
    expect(listed).toContain('One correction is')
    expect(listed).toContain('07700 900999')
    expect(listed).toContain('Data Manager')
    const [waiting] = await mis.writeBacks.view(school)
    const path = `/school/write-backs/${waiting?.id}/done`
    expect((await ask(bell, path, {})).status).toBe(404)
    expect((await ask(pym, path, {})).status).toBe(303)
    expect(await htmlOf(ask(pym, '/school/write-backs'))).toContain('Done by hand')
    expect(await mis.writeBacks.countWaiting(school)).toBe(0)
    const late = await ask(pym, path, {})
    expect(late.status).toBe(303)
    const notice = late.headers.get('Set-Cookie')?.split(';')[0]
    const after = await htmlOf(ask(`${pym}; ${notice}`, '/school/write-backs'))
    expect(after).toContain('That was dealt with already')
    expect(after).not.toContain('govuk-notification-banner--success')
  })
})

describe('a pupil’s attendance', () => {
  const path = () => `/school/pupils/${botolphs.pupil('Amara Adeyemi')}`

  test('says so where there are no registers', async () => {
    for (const page of [path(), `${path()}/attendance`]) {
      const html = await htmlOf(ask(pym, page))
      expect(html).toContain('No registers yet')
      // He may bring them: the ways there stand in the sentence.
      expect(html).toMatch(/with <a class="govuk-link" href="\/school\/imports">an import<\/a>/)
      expect(html).toMatch(/by <a class="govuk-link" href="\/school\/agents">an agent<\/a>/)
    }
    expect(await htmlOf(ask(pym, `${path()}/attendance`))).not.toContain('Possible sessions')
    expect(await wordsOf(ask(pym, path()))).toContain(
      'No behaviour, achievements or detentions this year',
    )
  })

  test('shows the percentage, the plot with its table, absences and changed marks', async () => {
    const bring = async (codes: ('/' | 'N' | 'I')[]) => {
      const importId = newId('import')
      const marks = codes.map((code, at) => ({
        pupilId: botolphs.pupil('Amara Adeyemi'),
        date: today,
        at: { kind: 'session', session: at === 0 ? 'AM' : 'PM' } as const,
        code,
        minutesLate: null,
      }))
      const statements = await attendance.applyMarks(school, importId, marks)
      if (isRefusal(statements)) throw new Error(statements.refused)
      await school.commit(...statements, audit.entry(school, 'import.applied', importId))
    }
    await bring(['/', 'N'])
    await bring(['/', 'I'])
    const page = await htmlOf(ask(pym, path()))
    expect(page).toContain('50.0%')
    expect(page).toContain('Severely absent')
    expect(page).toContain('<svg class="sg-chart__plot"')
    expect(page).toContain('I, illness')

    const whole = await htmlOf(ask(pym, `${path()}/attendance`))
    expect(whole).toContain('N, no reason yet')
    expect(whole).toContain('Your management information system')
  })

  test('is not for a Basic User', async () => {
    expect(await htmlOf(ask(bell, path()))).not.toContain('Attendance this year')
    expect((await ask(bell, `${path()}/attendance`)).status).toBe(404)
  })
})
