import { env } from 'cloudflare:workers'
import * as access from '#access'
import { invariant, isRefusal, stoppedClock, type UserId } from '#kernel'
import * as schools from '#schools'
import { Directory, system } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'

export const password = 'a gate left ajar'
export const email = 'okafor@st-botolphs.example'

/** St Botolph's with Mrs Okafor, its Administrator, and a clock that stands still: for signing in. */
export async function openGate(as = email) {
  const clock = stoppedClock(Date.UTC(2026, 10, 23, 8, 30))
  const directory = new Directory(await premisesOf(env as unknown as Env, clock))
  const by = system('seed')
  const { id } = await schools.create(directory, {
    kind: 'school',
    name: 'St Botolph’s Primary',
    by,
  })
  const school = await directory.school(id, by)
  invariant(school, 'a school that was created has a shard')

  const added = async (user: access.NewUser) =>
    (await access.addUser(directory, school, user)) as UserId
  const okafor = await added({
    role: 'administrator',
    name: 'Mrs Ngozi Okafor',
    email: as,
    password,
  })

  let visitors = 0
  const somewhere = () => `198.51.100.${++visitors}`
  const signIn = (typed: Partial<access.Attempt> = {}, options?: access.SignInOptions) =>
    access.signIn(directory, { email, password, from: somewhere(), ...typed }, options)
  const signedIn = async (typed?: Partial<access.Attempt>) => {
    const answer = await signIn(typed)
    invariant(!isRefusal(answer), 'who knows the password is let in')
    return answer
  }
  return { clock, directory, school, okafor, added, somewhere, signIn, signedIn }
}

export type Gate = Awaited<ReturnType<typeof openGate>>
