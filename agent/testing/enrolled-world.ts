import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { enrol, identify } from '../enrol.ts'
import type { Secrets } from '../secrets.ts'
import type { World } from '../world.ts'
import { type Pretend, pretendSchoolgate } from './pretend-schoolgate.ts'

export type EnrolledWorld = {
  schoolgate: Pretend
  world: World
  folder: string
  secrets: Secrets
  logged: { event: string; facts: object }[]
}

/** An agent that is enrolled with a Schoolgate on loopback, which stops when the test is over. */
export async function enrolledWorld(): Promise<EnrolledWorld> {
  const schoolgate = await pretendSchoolgate()
  onTestFinished(() => schoolgate.stop())
  const folder = await mkdtemp(join(tmpdir(), 'agent-'))
  const logged: EnrolledWorld['logged'] = []
  const log: World['log'] = (event, facts = {}) => void logged.push({ event, facts })
  const world: World = { state: join(folder, 'state'), network: {}, log }
  const address = new URL(schoolgate.address)
  const identity = await identify(world, address)
  if (!identity.ok) throw new Error('nobody answers')
  const told = await enrol(world, address, schoolgate.code, identity.value)
  if (!told.ok) throw new Error(told.code)
  return { schoolgate, world, folder, secrets: told.value.secrets, logged }
}
