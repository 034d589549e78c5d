import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { buildAgent } from '../../agent/build.ts'
import { type Agent, agentIn } from '../../agent/testing/agent-process.ts'
import { logOf, textsTo } from './carrier.ts'
import { openPupil, sendAt, write } from './desk.ts'
import { DAY_MS, nextDay } from './next-day.ts'
import type { Person } from './person.ts'
import { LISTED, MISSING, ON_ROLL, rollCsv } from './roll.ts'
import { openWorld } from './world.ts'

// A school's data begins to come by itself each night, and what it says of somebody holds the next day.
const world = openWorld()

/** Mrs Folake Adeyemi, Ms Kerry Marsh, Mrs Agnieszka Nowak. */
const TOLD = ['+447700900011', '+447700900021', '+447700900051']
/** Mr Tunde Adeyemi, Mr Dean Marsh. */
const NOT_TOLD = ['+447700900012', '+447700900022']
const TEXT = 'The photographer comes on Monday.'

let agent: Agent
beforeAll(async () => {
  const source = { kind: 'sims-csv', path: 'roll.csv' }
  const built = await mkdtemp(join(tmpdir(), 'built-'))
  agent = await agentIn(await buildAgent(join(built, 'agent.mjs')), {
    feeds: [{ name: 'roll', data: 'roster', scope: 'full', source }],
  })
  return () => Promise.all([built, agent.folder].map((path) => rm(path, { recursive: true })))
})

test('from the agent’s code to a court order that stops tomorrow’s text', async () => {
  const pym = await world.visitor()
  await pym.signIn('pym')
  await tonight()
  const agentPage = await enrol(pym)
  await seeWhatWouldLeave()

  await openPupil(pym, 'Trant, Leo')
  await pym.isAt('Leo Trant')
  const leo = pym.page.url()
  const held = await push('held: removes many pupils')
  await explained(pym, held)
  await nothingHasChanged(pym, leo)
  await lookOnPhone(pym, [held, agentPage, '/school/imports', '/school/agents'])
  await approve(pym, held)
  await peopleAreThere(pym, leo)

  const again = await push('applied')
  await saysNothingNew(pym, again, held)
  await correctNumber(pym)
  await lookOnPhone(pym, [again, '/school/data-quality', '/school/mappings', '/school/write-backs'])

  const okafor = await world.visitor()
  await okafor.signIn('okafor')
  const message = await scheduleForTomorrow(okafor)
  await tonight({ orderOn: 'Tunde Adeyemi' })
  await orderIsKnown(pym, await push('applied'))
  await okafor.visit(message)
  await okafor.read(/It goes on .* at \d/)
  expect(await logOf(world.system)).toEqual([])

  expect(await nextDay(world.system)).toBe(1)
  await okafor.visit(message)
  await othersAreTold(okafor)
})

/** What the school’s own system exports. */
const tonight = (told?: Parameters<typeof rollCsv>[0]) =>
  writeFile(join(agent.folder, 'roll.csv'), rollCsv(told))

async function enrol(pym: Person): Promise<string> {
  await pym.goTo('Agents')
  await pym.read('No agent yet')
  await pym.press('Enrol an agent')
  await pym.type('What do you call the program?', 'Office server')
  await pym.press('Make a code')
  const words = await pym.words()
  const code = /(?:[0-9A-Z]{5}-){3}[0-9A-Z]{5}/.exec(words)?.[0] ?? ''
  const [ofSchoolgate = 'none'] = FINGERPRINT.exec(words) ?? []
  const { origin } = world.system
  // Whoever compares and finds another fingerprint tells nobody the code.
  const wrong = ofSchoolgate.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))
  expect((await agent.run('enrol', origin, code, '--fingerprint', wrong)).code).toBe(1)
  const { out } = await agent.run('enrol', origin, code, '--fingerprint', ofSchoolgate)
  expect(out).toContain('Enrolled for St Botolph’s Primary')
  expect(out).toContain(`Fingerprint of Schoolgate: ${ofSchoolgate}`)
  const [ofAgent = 'none'] = FINGERPRINT.exec(out.split('of this agent: ')[1] ?? '') ?? []
  expect(ofAgent).not.toBe(ofSchoolgate)
  await pym.press('The program has taken the code')
  await pym.isAt('Office server')
  await pym.readRow('Of this agent', ofAgent)
  await pym.readRow('Of Schoolgate', ofSchoolgate)
  await pym.readRow('How it is', 'No data yet')
  const status = (await agent.run('status')).out
  expect(status).toContain(`Fingerprint of this agent: ${ofAgent}`)
  expect(status).toContain(`Fingerprint of Schoolgate: ${ofSchoolgate}`)
  return new URL(pym.page.url()).pathname
}

const FINGERPRINT = /(?:[0-9A-F]{4} ){7}[0-9A-F]{4}/

async function seeWhatWouldLeave(): Promise<void> {
  const { out } = await agent.run('preview')
  expect(out).toContain('roll: roster, full, from sims-csv')
  expect(out).toMatch(new RegExp(`^pupil ${LISTED}, contact \\d+$`, 'm'))
  const [sent = '', left = ''] = out.split('Left out, and not sent:')
  expect(sent).toContain(`  pupil.surname  ${LISTED}\n`)
  expect(sent).toMatch(/^ {2}contact\.phones {2}\d+$/m)
  expect(left).toContain(`  FSM Eligible  ${LISTED}  not needed\n`)
  expect(left).toContain(`  Post Code  ${LISTED}  not needed\n`)
  expect(left).toContain('Nothing was sent.')
  // It went to no terminal, so nobody is in it.
  expect(out).not.toMatch(/Adeyemi|Yarrow/)
}

/** Sends tonight's file; answers the import's page. */
async function push(outcome: string): Promise<string> {
  const { code, out, err } = await agent.run('push')
  expect([code, err]).toEqual([0, ''])
  const [, id = '', became] = /^roll: received as (imp_\w+), (.*)$/m.exec(out) ?? []
  expect(became).toBe(outcome)
  return `/school/imports/${id}`
}

async function explained(pym: Person, held: string): Promise<void> {
  await pym.goTo('Imports')
  await pym.readRow(
    'Pupils and contacts',
    'Waiting for approval',
    '1 would be added',
    `${MISSING} would leave`,
  )
  await pym.visit(held)
  await pym.isAt('Check the import')
  await pym.read(`${MISSING} of ${ON_ROLL} pupils are missing from this data and would be marked`)
  await pym.readRow('Sent', 'Office server')
  await pym.readRow('Leo Trant')
  await pym.readRow('Post Code', `${LISTED} rows`)
}

async function nothingHasChanged(pym: Person, leo: string): Promise<void> {
  await pym.goTo('Pupils')
  await pym.read(`${ON_ROLL} pupils`)
  await hasNobody(pym, 'Yarrow')
  await pym.visit(leo)
  expect(await pym.words()).not.toContain('Leo left on')
}

async function approve(pym: Person, held: string): Promise<void> {
  await pym.visit(held)
  await pym.press('Approve, then apply on the next page')
  await pym.read('There is a problem')
  await pym.choose(`I have checked that ${MISSING} pupils have left the school`)
  await pym.press('Approve, then apply on the next page')
  await pym.readRow('Approved', /Pym/)
  await pym.press('Apply this import')
  await pym.isAt('Import applied')
  expect(await countsOn(pym)).toMatchObject({ 'new pupil': 1, 'pupils left': MISSING })
}

async function peopleAreThere(pym: Person, leo: string): Promise<void> {
  await pym.readRow('Tamsin Yarrow', 'Year 1')
  await pym.goTo('Pupils')
  await pym.read(`${LISTED} pupils`)
  await openPupil(pym, 'Yarrow, Tamsin')
  await pym.read(/Mrs Ida Yarrow/)
  await hasNobody(pym, 'Trant')
  await pym.visit(leo)
  await pym.read(/Leo left on/)
}

async function saysNothingNew(pym: Person, again: string, held: string): Promise<void> {
  expect(again).not.toBe(held)
  await pym.visit(again)
  await pym.isAt('Import applied')
  expect(await countsOn(pym)).toEqual({
    'new pupils': 0,
    'pupils changed': 0,
    'pupils left': 0,
    'pupils unchanged': LISTED,
    'things not taken': 0,
  })
  await pym.goTo('Imports')
  await pym.readRow('Pupils and contacts', 'Applied', 'Nothing to change')
  await pym.goTo('Pupils')
  await pym.read(`${LISTED} pupils`)
}

/** So that there is something on the list of what goes back. */
async function correctNumber(pym: Person): Promise<void> {
  await openPupil(pym, 'Yarrow, Tamsin')
  await pym.follow('Mrs Ida Yarrow')
  await pym.follow(/^Correct/)
  await pym.type('Telephone number', '07700 900072')
  await pym.press(/^Save/)
  await pym.visit('/school/write-backs')
  await pym.readRow('Mrs Ida Yarrow', '07700 900071', '07700 900072')
}

async function scheduleForTomorrow(okafor: Person): Promise<string> {
  const pupils = ['Amara Adeyemi', 'Teddy Marsh', 'Zofia Nowak']
  await write(okafor, { to: { pupils }, text: TEXT })
  await okafor.readRow('Recipients', '4 texts to 4 people')
  await sendAt(okafor, Date.now() + DAY_MS)
  await okafor.read(/It goes on .* at \d/)
  return okafor.page.url()
}

async function orderIsKnown(pym: Person, applied: string): Promise<void> {
  await pym.visit(applied)
  expect(await countsOn(pym)).toMatchObject({ '“do not contact” added': 1, 'pupils left': 0 })
  await openPupil(pym, 'Adeyemi, Amara')
  await pym.read('Marked in the school’s own system: do not contact')
  // What the school itself laid down is not ended by a file that does not know of it.
  await openPupil(pym, 'Marsh, Teddy')
  await pym.readRow('Evidence', 'Copy of the order in the safeguarding file')
}

async function othersAreTold(okafor: Person): Promise<void> {
  await okafor.awaitWords('3 of 3 texts delivered.')
  await okafor.readRow('Must not be contacted', '2')
  await okafor.follow(/^Show who\W+must not be contacted/)
  await okafor.readRow('Mr Tunde Adeyemi', 'Amara Adeyemi')
  await okafor.readRow('Mr Dean Marsh', 'Teddy Marsh')
  for (const number of TOLD) {
    expect(await textsTo(world.system, number), number).toEqual([TEXT])
  }
  for (const number of NOT_TOLD) expect(await textsTo(world.system, number)).toEqual([])
}

async function hasNobody(pym: Person, name: string): Promise<void> {
  await pym.goTo('Pupils')
  await pym.type('Find a pupil', name)
  await pym.press('Search')
  await pym.read('No pupils found')
}

/** "21 pupils left" and so on, as the cards on an import's page say it. */
async function countsOn(person: Person): Promise<Record<string, number>> {
  const cards = person.page.getByRole('list', { name: 'What was changed' }).getByRole('listitem')
  const said = (await cards.allInnerTexts()).map((text) => text.trim().split(/\s+/))
  return Object.fromEntries(said.map(([count, ...words]) => [words.join(' '), Number(count)]))
}

/** Each page is looked at by axe, and may not be wider than the window. */
async function lookOnPhone(person: Person, paths: readonly string[]): Promise<void> {
  const desk = person.page.viewportSize() ?? { width: 1280, height: 900 }
  await person.page.setViewportSize({ width: 320, height: 640 })
  for (const path of paths) expect(await person.visit(path), path).toBe(200)
  await person.page.setViewportSize(desk)
}
