import * as audit from '#audit'
import { newId, type UserId } from '#kernel'
import { Directory, type School } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'

type Place = { school: School['id']; shard: number }
type Looks = Place & { looks: number; users: number }

const AT_ONCE = 500

/** Fills a trail as years of use would: users who looked at records, many to a commit. */
export async function look(env: Env, { looks, users, ...place }: Looks): Promise<number> {
  const school = await schoolAt(env, place)
  const people = Array.from({ length: users }, () => newId('user'))
  for (let done = 0; done < looks; done += AT_ONCE) {
    const id = people[(done / AT_ONCE) % people.length] as UserId
    const action = (done / AT_ONCE) % 3 === 0 ? 'contact.viewed' : 'pupil.viewed'
    const theirs = school.as({ kind: 'user', id })
    const entries = Array.from({ length: AT_ONCE }, () =>
      audit.entry(theirs, action, newId('pupil')),
    )
    await theirs.commit(entries)
  }
  return looks
}

/** Commits that are nothing but their entry, one after the other. Answers how long they took, in ms. */
export async function enter(env: Env, { entries, ...place }: Place & { entries: number }) {
  const school = await schoolAt(env, place)
  const startedMs = Date.now()
  for (let done = 0; done < entries; done++) {
    await school.commit(audit.entry(school, 'message.composed', newId('message')))
  }
  return Date.now() - startedMs
}

async function schoolAt(env: Env, { school, shard }: Place): Promise<School> {
  const directory = new Directory(await premisesOf(env))
  const found = directory.schoolAt(shard, school, { kind: 'user', id: newId('user') })
  if (!found) throw new Error('The school of a bench is on its shard.')
  return found
}
