import { codesOf } from '../cast/codes-of.ts'
import type { Person, UploadedFile } from './person.ts'

export type Writing = {
  /** "All pupils", or groups such as "Year 3", or pupils by full name. */
  to: 'All pupils' | { pupils: string[] } | { groups: string[] }
  text: string
  /** What it is for. */
  category?: string
  /** Which contacts. */
  contacts?: string
  /** Makes it an e-mail. */
  subject?: string
}

/** Writes a message, up to the page where it is checked before it goes. */
export async function write(person: Person, writing: Writing): Promise<void> {
  await person.goTo('Messages')
  await person.press(/^(New|Write a|Write the first) message$/)
  await address(person, writing.to)
  await person.choose(writing.category ?? 'School business')
  if (writing.contacts) await person.choose(writing.contacts)
  if (writing.subject) {
    await person.choose('E-mail')
    await person.type('Subject', writing.subject)
  }
  await person.type('Message', writing.text)
  await person.press('Check before sending')
  await person.isAt('Check before sending')
}

async function address(person: Person, to: Writing['to']): Promise<void> {
  if (to === 'All pupils') return person.choose(to)
  await person.choose('Some pupils')
  if ('groups' in to) return person.choose(...to.groups.map((name) => new RegExp(`^${name} \\(`)))
  for (const name of to.pupils) {
    await person.type('Find a pupil by name', name)
    await person.press('Find pupils')
    await person.choose(name)
  }
}

/** From the check page. At night the page asks whether that is meant. */
export async function sendNow(person: Person): Promise<void> {
  await chooseNow(person)
  await person.press('Send the message')
  await person.read('The message is on its way.')
}

/** All but the button. */
export async function chooseNow(person: Person): Promise<void> {
  await person.choose('Now')
  await acceptNight(person)
}

/** From the check page, at a time of day in London; the next minute is soon enough for a test. */
export async function sendAt(person: Person, atMs: number): Promise<void> {
  const { day, time } = inLondon(atMs)
  await person.choose('At a time')
  await person.type('Day', day)
  await person.type('Time', time)
  await person.press('Send the message')
  if (await person.mayRead('There is a problem')) {
    await acceptNight(person)
    await person.press('Send the message')
  }
  await person.read('The message is scheduled.')
}

const NIGHT = 'It may go between 9pm and 7am'

async function acceptNight(person: Person): Promise<void> {
  if (await person.mayRead(NIGHT)) await person.choose(NIGHT)
}

/** The first whole minute from then on: fields for times know no seconds. */
export const atMinute = (fromMs: number): number => Math.ceil(fromMs / MINUTE_MS) * MINUTE_MS

const MINUTE_MS = 60_000

/** As the fields for a day and a time take them. */
export function inLondon(atMs: number): { day: string; time: string } {
  const written = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/London',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(atMs)
  const [day = '', time = ''] = written.split(' ')
  return { day, time }
}

/** Finds a pupil by name, as "Adeyemi, Amara", and opens their page. */
export async function openPupil(person: Person, name: string): Promise<void> {
  await person.goTo('Pupils')
  await person.type('Find a pupil', name.split(',')[0] ?? name)
  await person.press('Search')
  await person.follow(name)
}

/** Uploads a file and says what its columns are, up to the page that shows what it would change. */
export async function bringFile(
  person: Person,
  file: UploadedFile | string,
  covers: 'Every pupil of the school' | 'Some pupils only, such as new starters',
  mappingName = 'Pupil export',
): Promise<void> {
  await person.goTo('Imports')
  await person.press('Import a file')
  await person.upload('File from your school’s system', file)
  await person.choose(covers)
  await person.press('Upload and check')
  if (await person.mayRead('Match the columns')) {
    await person.type('Name for these choices', mappingName)
    await person.press('Save and check the import')
  }
  await person.isAt('Check the import')
}

/** On a message's page: how many of its texts stand how. */
export async function standing(person: Person): Promise<Record<string, number>> {
  const list = person.page.getByRole('list', { name: 'How the texts stand' })
  const lines = await list.getByRole('listitem').allInnerTexts()
  return Object.fromEntries(
    lines.map((line) => {
      const [count = '', ...words] = line.trim().split(/\s+/)
      return [words.join(' '), Number(count)]
    }),
  )
}

const RECEIPTS_WITHIN_MS = 60_000

/** The same, once no more than so many are without a receipt: the last ones come after the sending is over. */
export async function standingOnceHeard(
  person: Person,
  neverHeardOf: number,
): Promise<Record<string, number>> {
  const untilMs = Date.now() + RECEIPTS_WITHIN_MS
  for (;;) {
    const states = await standing(person)
    if ((states['sent'] ?? 0) <= neverHeardOf || Date.now() > untilMs) return states
    await person.page.waitForTimeout(500)
    await person.page.reload()
  }
}

/** The first step of signing in, by somebody who may be nobody of the cast. */
export async function typePassword(
  person: Person,
  typed: { email: string; password: string },
): Promise<void> {
  await person.visit('/sign-in')
  await person.type('E-mail address', typed.email)
  await person.type('Password', typed.password)
  await person.press('Sign in')
}

/** Puts the key that the page shows into an app of their own, and types its first code. */
export async function setUpApp(person: Person): Promise<(who: string) => Promise<string>> {
  const key = (await person.page.locator('code').first().innerText()).replaceAll(' ', '')
  const codeFor = codesOf(key)
  await person.type('Code that the app shows', await codeFor('owner'))
  await person.press('Set up the app')
  return codeFor
}

/** Lets Schoolgate's support in; answers what is to be read out. */
export async function makeCode(person: Person): Promise<string> {
  await person.visit('/account')
  await person.follow('Let support in')
  await person.press('Make a code')
  await person.read('Read this out')
  return person.page.getByText(/^\d{3} \d{3}$/).innerText()
}
