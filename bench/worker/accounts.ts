import * as access from '#access'
import { invariant, type SchoolId } from '#kernel'
import { Directory, system } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'

/** Accounts to guess at, by the front door. Answers their addresses. */
export async function addAccounts(
  env: Env,
  asked: { school: SchoolId; shard: number; count: number; password: string },
): Promise<string[]> {
  const directory = new Directory(await premisesOf(env))
  const school = directory.schoolAt(asked.shard, asked.school, system('seed'))
  invariant(school, 'a school that was settled has a shard')
  const emails = Array.from({ length: asked.count }, (_, at) => `teacher${at}@example.org`)
  for (const email of emails) {
    const details = { role: 'basic', name: 'A Teacher', email, password: asked.password } as const
    const added = await access.addUser(directory, school, details)
    invariant(typeof added === 'string', 'an account to guess at is not refused')
  }
  return emails
}
