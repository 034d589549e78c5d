import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel'
import * as schools from '#schools'
import { Directory } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'
import { castUsers } from '../../../test/cast/accounts.ts'
import { type Cast, settle } from '../../../test/cast/settle.ts'
import { wholeSession } from '../../../test/cast/whole-session.ts'

// St Botolph's has the number 380/2093. Sol, the operator's Administrator, sets up Elmfield.
const ORIGIN = 'http://schoolgate.test'
const NEW = '/operator/organisations/new'
const password = 'a gate left ajar'
const worker = (exports as unknown as { default: Fetcher }).default
let directory: Directory
let cast: Cast
let sol: string

beforeAll(async () => {
  directory = new Directory(await premisesOf(env as unknown as Env))
  cast = await settle(directory, { password })
  sol = await wholeSession(directory, { email: castUsers.sol.email, password })
})

async function send(path: string, form: Record<string, string>) {
  const answer = await worker.fetch(
    new Request(`${ORIGIN}${path}`, {
      method: 'POST',
      headers: { Cookie: sol, Origin: ORIGIN },
      body: new URLSearchParams(form),
      redirect: 'manual',
    }),
  )
  const text = (await answer.text()).replace(/\s+/g, ' ')
  return { status: answer.status, to: answer.headers.get('Location'), text }
}

const answers = (change: Record<string, string> = {}) => ({
  id: newId('organisation'),
  kind: 'school',
  name: 'Elmfield School',
  dfeNumber: '933/4012',
  begins: 'active',
  products: 'call-parents',
  personName: 'Ms Ida Fern',
  personEmail: 'fern@elmfield.example',
  to: 'create',
  ...change,
})
const path = (id: string, below = '') => `/operator/organisations/${id}${below}`
const HELD = '<a href="#dfeNumber">St Botolph’s Primary has this DfE number already. Check it.'

describe('a DfE number that another organisation has', () => {
  test('is refused before anything is set up, on its page, with what was typed kept', async () => {
    for (const to of ['contract', 'create']) {
      const { status, text } = await send(NEW, answers({ dfeNumber: '380 2093', to }))
      expect(status).toBe(422)
      expect(text).toContain(HELD)
      expect(text).toContain('value="380 2093"')
    }
    expect(await schools.countFound(directory, { words: 'Elmfield' })).toBe(0)
  })

  test('is refused where details are changed, and they stay as they were', async () => {
    const made = answers()
    expect((await send(NEW, made)).to).toBe(path(made.id))
    const change = { name: 'Elm <Primary>', dfeNumber: '3802093' }
    const { status, text } = await send(path(made.id, '/details'), change)
    expect(status).toBe(422)
    expect(text).toContain(HELD)
    expect(text).toContain('value="3802093"')
    expect(text).toContain('value="Elm &lt;Primary&gt;"')
    const known = { name: 'Elmfield School', dfeNumber: '933/4012' }
    expect(await schools.find(directory, made.id)).toMatchObject(known)
    expect((await send(path(made.id, '/details'), known)).to).toBe(path(made.id))
  })

  test('since one was locked keeps it locked, and says whose it is now', async () => {
    const { id } = cast.oakfield
    expect((await send(path(id, '/locking'), { because: 'entered-by-mistake' })).to).toBe(path(id))
    const again = answers({
      name: 'Oakfield Primary',
      dfeNumber: '873/2001',
      personEmail: 'ivy@oakfield.example',
    })
    expect((await send(NEW, again)).to).toBe(path(again.id))

    const reopen = () => send(path(id, '/reopening'), { because: 'locked-by-mistake' })
    const refused = await reopen()
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Oakfield Primary has this organisation’s DfE number now')
    expect(await schools.find(directory, id)).toMatchObject({ state: 'locked' })
    await send(path(again.id, '/details'), { name: again.name, dfeNumber: '' })
    expect((await reopen()).to).toBe(path(id))
  })
})
