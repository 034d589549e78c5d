import {
  copyFileSync,
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { castUsers } from '../cast/accounts.ts'
import { bringFile, openPupil, sendNow, write } from './desk.ts'
import { parentWith } from './parent.ts'
import type { Person } from './person.ts'
import { filesBelow, scan, spellings } from './scan.ts'
import { openWorld } from './world.ts'

// Every personal field is filled with something that nothing else contains, everything is used, and then
// the raw bytes of all that Schoolgate keeps and prints are searched for it.
const world = openWorld()

const pupil = {
  UPN: 'A999200024777',
  Adno: 'ZQ7734',
  'Legal Surname': 'Zqsurnamé',
  'Legal Forename': 'Zqforename',
  'Preferred Forename': 'Zqpreferred',
  DOB: '27/02/2015',
  'Year Group': 'Zqyear',
  'Reg Group': 'Zqreg',
  House: 'Zqhouse',
  'Contact 1 Title': 'Zqtitle',
  'Contact 1 Forename': 'Zqmother',
  'Contact 1 Surname': 'Zqmotherly',
  'Contact 1 Relationship': 'Zqrelation',
  'Contact 1 Parental Responsibility': 'Yes',
  'Contact 1 Mobile': '07700 900777',
  'Contact 1 Home Telephone': '01632 960777',
  'Contact 1 Email': 'zqmailbox@example.com',
  'Unwanted Zqcolumn': 'Zqunwanted',
}
const CSV = [Object.keys(pupil), Object.values(pupil)].map((row) => row.join(',')).join('\r\n')
const FILE = { name: 'zqfilename.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) }
const MOTHER = 'Zqtitle Zqmother Zqmotherly'
const CORRECTED = '07700 900778'

const typed = {
  text: 'Zqtextbody: please collect ((pupil full name)).',
  subject: 'Zqsubject',
  letter: 'Zqletterbody',
  reply: 'Zqreplybody',
  answer: 'Zqanswerbody',
  reason: 'Zqreason',
  evidence: 'Zqevidence',
  owner: 'Zqowner',
  search: 'Zqsearched',
  guess: 'zqguess@example.com',
  password: 'Zqpassword',
  mapping: 'Zqmapping',
}

/** What must not be found: the longest word of each; numbers in every way that they are written. */
const CANARIES = [
  ...[
    'Zqsurnam',
    'Zqforename',
    'Zqpreferred',
    'Zqyear',
    'Zqhouse',
    'Zqtitle',
    'Zqmother',
    'Zqrelation',
  ],
  ...[
    'A999200024777',
    '2015-02-27',
    '27/02/2015',
    '27 February 2015',
    'Zqcolumn',
    'Zqunwanted',
    'zqfilename',
  ],
  ...[
    '7700900777',
    '7700 900777',
    '7700900778',
    '7700 900778',
    '1632960777',
    '1632 960777',
    'zqmailbox',
  ],
  ...[
    'Zqtextbody',
    'Zqsubject',
    'Zqletterbody',
    'Zqreplybody',
    'Zqanswerbody',
    'Zqreason',
    'Zqevidence',
  ],
  ...['Zqowner', 'Zqsearched', 'zqguess', 'Zqpassword', 'Zqmapping'],
  ...Object.values(castUsers).flatMap(({ email, name }) => [email, name]),
  ...['Agnieszka', 'Lindqvist', 'Non-molestation', '7700900041', '7700900022'],
]

test('Nothing personal is found in what Schoolgate keeps, prints or asks for', async () => {
  const urls: string[] = []
  const okafor = await world.visitor()
  okafor.page.on('request', (request) => urls.push(request.url()))
  await useEverything(okafor)

  const { system } = world
  await system.kill()
  const files = filesBelow(system.stateDir)
  const place = mkdtempSync(join(tmpdir(), 'schoolgate-scan-'))
  const printed = join(place, 'printed.log')
  writeFileSync(printed, withoutWelcome(readFileSync(system.logFile, 'utf8')))
  const asked = join(place, 'asked.log')
  writeFileSync(asked, urls.join('\n'))

  try {
    const { bytes, found } = scan([...files, printed, asked], CANARIES)
    console.log(
      `scanned ${files.length + 2} files, ${(bytes / 1e6).toFixed(1)} MB, for ${CANARIES.length} canaries`,
    )
    expect(found).toEqual([])

    // It reads what is really there: the trail's words, by which messages went, are no secret.
    expect(files.length).toBeGreaterThan(10)
    expect(bytes).toBeGreaterThan(1_000_000)
    expect(urls.length).toBeGreaterThan(20)
    const known = scan(files, ['message.dispatched', 'import.applied', 'reply.received'])
    expect(new Set(known.found.map(({ word }) => word)).size).toBe(3)
    expect(scan([asked], ['/school/pupils/']).found).not.toEqual([])
    expectFound(files, place)
  } finally {
    rmSync(place, { recursive: true })
  }
})

/** A copy of a database in which each word is planted in each spelling gives all of them back. */
function expectFound(files: readonly string[], place: string): void {
  const database = files.find((path) => path.endsWith('.sqlite'))
  expect(database).toBeDefined()
  const copy = join(place, 'copy.sqlite')
  copyFileSync(database ?? '', copy)
  const needles = CANARIES.flatMap(spellings)
  appendFileSync(
    copy,
    Buffer.concat(needles.flatMap(({ needle }) => [Buffer.from([0, 10]), needle])),
  )
  const words = new Set(scan([copy], CANARIES).found.map(({ word, as }) => `${word} ${as}`))
  for (const { word, as } of needles) expect(words, `${word} as ${as}`).toContain(`${word} ${as}`)
}

async function useEverything(okafor: Person): Promise<void> {
  await okafor.visit('/sign-in')
  await okafor.type('E-mail address', typed.guess)
  await okafor.type('Password', typed.password)
  await okafor.press('Sign in')
  await okafor.signIn('okafor')
  await bringFile(okafor, FILE, 'Some pupils only, such as new starters', typed.mapping)
  await okafor.press('Apply this import')
  await okafor.goTo('Pupils')
  await okafor.type('Find a pupil', typed.search)
  await okafor.press('Search')
  await textAndAnswer(okafor)
  await correctAndRestrict(okafor)
}

async function textAndAnswer(okafor: Person): Promise<void> {
  const to = { groups: ['Zqyear'] }
  await write(okafor, { to, subject: typed.subject, text: typed.letter })
  await sendNow(okafor)
  await okafor.awaitWords('1 of 1 e-mail delivered.')
  await write(okafor, { to, text: typed.text })
  await sendNow(okafor)
  await okafor.awaitWords('1 of 1 text delivered.')

  const mother = await parentWith(world, '+447700900777')
  await mother.replies(typed.reply)
  await okafor.goTo('Replies')
  await okafor.reloadFor(typed.reply)
  await okafor.follow(MOTHER)
  await okafor.type(`Answer ${MOTHER}`, typed.answer)
  await okafor.press('Check the answer')
  await sendNow(okafor)
  await okafor.awaitWords('1 of 1 text delivered.')
}

async function correctAndRestrict(okafor: Person): Promise<void> {
  await openPupil(okafor, 'Zqsurnamé, Zqpreferred')
  await okafor.follow(MOTHER)
  await okafor.follow(/^Correct 07700 900777/)
  await okafor.type('Telephone number', CORRECTED)
  await okafor.press('Save')
  await openPupil(okafor, 'Zqsurnamé, Zqpreferred')
  await okafor.press('Add a restriction')
  await okafor.choose(MOTHER, /^No contact at all/, 'Every child at this school')
  await okafor.type('Why is there a restriction?', typed.reason)
  await okafor.type('Evidence (optional)', typed.evidence)
  await okafor.type('Who looks after it?', typed.owner)
  await okafor.press('Add the restriction')
  await okafor.read('The restriction is in place.')
}

/** `npm start` itself prints who of the seeded cast can sign in; the service prints no such thing. */
const withoutWelcome = (log: string): string =>
  log.replaceAll(/Schoolgate is ready[^]*?Ctrl-C stops it\./g, '')
