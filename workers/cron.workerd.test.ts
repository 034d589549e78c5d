import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import * as audit from '#audit'
import { newId } from '#kernel'
import { Directory, type School, system } from '#shards'
import { everyMinute } from './cron.ts'
import { type Env, premisesOf } from './env.ts'

const theEnv = env as unknown as Env
let school: School

beforeAll(async () => {
  const directory = new Directory(await premisesOf(theEnv))
  const id = newId('organisation')
  await directory.premises.vault.create(id)
  school = directory.schoolAt(0, id, system('seed')) as School
})

test('each minute the shards are swept, though the directory does not answer', async () => {
  await school.write([audit.entry(school, 'pupil.viewed', newId('pupil'))])
  const prepare = () => {
    throw new Error('no such database')
  }
  await everyMinute({ ...theEnv, DIRECTORY: { prepare } as unknown as D1Database })
  expect(await audit.verify(school, theEnv.ANCHORS)).toMatchObject({ sealed: 1, unsealed: 0 })
})
