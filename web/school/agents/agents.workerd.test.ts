import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as agents from '#agents'
import { invariant, isRefusal, toBase64url } from '#kernel'
import { Directory, type School } from '#shards'
import { keyFingerprint, newKeyPair } from '#vault'
import { type Env, premisesOf } from '#workers/env.ts'
import { castUsers } from '../../../test/cast/accounts.ts'
import { program } from '../../agent-program.ts'
import { settle } from '../../../test/cast/settle.ts'
import { wholeSession } from '../../../test/cast/whole-session.ts'

// Mr Pym, Data Manager of St Botolph's, has a program installed in the office, and later turned away.
const ORIGIN = 'http://schoolgate.test'
const password = 'a gate left ajar'
const worker = (exports as unknown as { default: Fetcher }).default
let directory: Directory
let school: School
let pym: string
let path = ''

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  school = (await settle(directory, { password })).botolphs.school
  pym = await wholeSession(directory, { email: castUsers.pym.email, password })
})

async function ask(to: string, form?: Record<string, string>) {
  const response = await worker.fetch(
    new Request(`${ORIGIN}${to}`, {
      method: form ? 'POST' : 'GET',
      headers: { Cookie: pym, Origin: ORIGIN },
      ...(form && { body: new URLSearchParams(form) }),
      redirect: 'manual',
    }),
  )
  const text = (await response.text()).replace(/\s+/g, ' ')
  return { status: response.status, to: response.headers.get('Location'), text, response }
}

const codeIn = (text: string) => /([0-9A-Z]{5}-){3}[0-9A-Z]{5}/.exec(text)?.[0] ?? ''

test('without an agent the list says what one is for', async () => {
  const { text } = await ask('/school/agents')
  expect(text).toContain('No agent yet')
  expect((await ask('/school')).text).not.toContain('agents whose data is missing')
})

test('the program is offered where it is needed, with its size and digest to compare', async () => {
  for (const page of ['/school/agents', '/school/agents/new']) {
    const { text } = await ask(page)
    expect(text, page).toContain(`href="${program.href}"`)
    expect(text).toContain(program.sha256)
    expect(text).toContain(`Get-FileHash ${program.fileName}`)
    expect(text).toContain(`sha256sum ${program.fileName}`)
  }
  const { status, text } = await ask('/school/agents/instructions')
  expect(status).toBe(200)
  expect(text).toContain('>First steps</h2>')
})

test('a form that is wrong says so, and keeps what was typed', async () => {
  const nameless = await ask('/school/agents/new', { name: ' ', nightlyHour: '7' })
  expect(nameless.status).toBe(422)
  expect(nameless.text).toContain('Enter a name for the program')
  expect(nameless.text).toContain('<option value="7" selected')
  const odd = await ask('/school/agents/new', { name: '<b>Office', nightlyHour: '25' })
  expect(odd.text).toContain('Choose when the data is expected')
  expect(odd.text).toContain('&lt;b&gt;Office')
})

test('the code is shown once, with Schoolgate’s fingerprint and what to type', async () => {
  const shown = await ask('/school/agents/new', { name: 'Office server', nightlyHour: '7' })
  const code = codeIn(shown.text)
  expect(shown.text).toContain(`agent.mjs enrol ${ORIGIN} ${code} --config`)
  expect(shown.text).toMatch(new RegExp(`enrol.ps1 -Address ${ORIGIN} -Code ${code} -Fingerprint`))
  expect(shown.text).toContain('install.ps1 -Exports D:\\Exports -NotYet')
  expect(shown.text).toContain(`href="${program.href}"`)
  const { publicKey } = await agents.currentKey(directory)
  expect(shown.text).toContain(await keyFingerprint(publicKey))
  expect(shown.response.headers.get('Cache-Control')).toContain('no-store')
  path = /\/school\/agents\/agt_\w+/.exec(shown.text)?.[0] ?? ''
  const page = await ask(path)
  expect(page.text).toContain('Waiting for its code')
  expect(page.text).not.toContain(code)

  const asked = await ask(`${path}/new-code`)
  expect(asked.text).toContain('The code that was made before does not work any more')
  const fresh = codeIn((await ask(`${path}/new-code`, {})).text)
  expect(fresh).not.toBe(code)

  const pair = await newKeyPair()
  const agentPublicKey = toBase64url(pair.publicKey)
  const before = { code, agentPublicKey, version: '1.0.0' }
  expect(await agents.enrol(directory, before, async (area) => area)).toHaveProperty('refused')
  const bringing = { ...before, code: fresh }
  const enrolled = await agents.enrol(directory, bringing, async (area) => area)
  invariant(!isRefusal(enrolled), 'the code is good')
  const after = await ask(path)
  expect(after.text).toContain(await keyFingerprint(pair.publicKey))
  expect(after.text).toContain('No data yet')
  expect(after.text).not.toContain('new-code')
  expect((await ask(`${path}/new-code`)).to).toBe(path)
  expect((await ask(`${path}/new-code`, {})).text).toContain('has taken its place meanwhile')
  for (const secret of [enrolled.apiKey, enrolled.loginSecret])
    expect(after.text).not.toContain(secret)
})

test('late data is said on the list, on the page and at home', async () => {
  const id = path.split('/').at(-1) as agents.AgentId
  const past = { expectedByMs: Date.now() - 1000 }
  await directory.write([agents.agentChanged(directory, id, past)])
  for (const page of ['/school/agents', path])
    expect((await ask(page)).text).toContain('Data is missing')
  expect((await ask('/school')).text).toContain('agent whose data is missing')
})

test('an old program is told from the newest', async () => {
  const id = path.split('/').at(-1) as agents.AgentId
  const runs = (version: string) =>
    directory.write([agents.agentChanged(directory, id, { version })])
  await runs('0.9.0')
  for (const page of ['/school/agents', path]) {
    const { text } = await ask(page)
    expect(text, page).toMatch(
      new RegExp(`0.9.0; the newest is <a class="govuk-link" href="${program.href}"`),
    )
  }
  await runs(program.version)
  expect((await ask(path)).text).not.toContain('the newest is')
})

test('the hour is changed', async () => {
  expect(await ask(path, { nightlyHour: '6' })).toMatchObject({ status: 303, to: path })
  expect((await ask(path)).text).toContain('<option value="6" selected')
  expect((await ask(path, { nightlyHour: '6pm' })).status).toBe(422)
})

test('keys are changed after a question, and it is said until the agent has done it', async () => {
  expect((await ask(`${path}/key-change`)).text).toContain('revoke the agent instead')
  expect((await ask(`${path}/key-change`, {})).to).toBe(path)
  expect((await ask(path)).text).toContain('The agent does it when it next says hello')
})

test('revoking asks first, and then nothing of its keys is left', async () => {
  expect((await ask(`${path}/revocation`)).text).toContain('at once and for good')
  expect((await ask(`${path}/revocation`, {})).to).toBe('/school/agents')
  const { text } = await ask(path)
  expect(text).toContain('Revoked')
  expect(text).not.toContain('Fingerprints')
  expect((await ask(`${path}/revocation`)).status).toBe(404)
  expect((await ask(`${path}/key-change`, {})).status).toBe(404)
  expect((await agents.find(directory, school, path.split('/').at(-1) as never))?.keys).toBeNull()
})
