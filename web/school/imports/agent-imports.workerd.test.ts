import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as agents from '#agents'
import * as audit from '#audit'
import { type Id, type ImportId, isRefusal, newId } from '#kernel'
import type { Import } from '#mis'
import type { School } from '#shards'
import type { Env } from '#workers/env.ts'
import * as store from '#workers/mis/push-store.ts'
import { ORIGIN } from '../../../test/doors/knock.ts'
import { open, type Person, type World } from '../../../test/doors/people.ts'

// The agent on the office server sends while nobody looks; Mr Pym sees in the morning what came.
let world: World
let pym: Person
let school: School
let agentId: Id<'agent'>
const worker = (exports as unknown as { default: Fetcher }).default

beforeAll(async () => {
  world = await open(env as unknown as Env)
  pym = world.people.find(({ called }) => called === 'a Data Manager') as Person
  school = world.cast.botolphs.school
  const opened = await agents.openEnrolment(world.directory, school, {
    name: 'Office server',
    nightlyHour: null,
  })
  if (isRefusal(opened)) throw new Error(opened.refused)
  agentId = opened.id
})

const pageAt = async (path: string): Promise<string> => {
  const headers = { Cookie: `__Host-session=${await pym.token()}` }
  const response = await worker.fetch(`${ORIGIN}${path}`, { headers })
  return (await response.text()).replace(/\s+/g, ' ')
}

async function sent(data: Import['data']): Promise<ImportId> {
  const id = newId('import')
  const nowMs = school.clock.now()
  const told = { agentId, data, isPartial: true, takenAtMs: nowMs, createdAtMs: nowMs }
  await school.write(await store.received(school, { id, ...told }))
  return id
}

test('what the agent sent is listed by what it is and by the agent’s name', async () => {
  const id = await sent('registers')
  const list = await pageAt('/school/imports')
  expect(list).toContain('Registers')
  expect(list).toContain('Agent “Office server”')
  expect(list).toContain('Being read')
  const page = await pageAt(`/school/imports/${id}`)
  expect(page).toContain('What the agent sent is being read')
  expect(page).not.toContain('new pupil')
})

test('what could not be used says why, and that nothing of it was used', async () => {
  const id = await sent('roster')
  await school.commit(
    ...store.refused(school, id, 'truncated'),
    audit.entry(school, 'import.refused', id),
  )
  const page = await pageAt(`/school/imports/${id}`)
  expect(page).toContain('Nothing of it was used.')
  expect(page).toContain('It was cut short on the way')
  expect(await pageAt('/school/imports')).toContain('None: nothing of it was used')
})
