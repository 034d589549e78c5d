import { type AllowList, type Statement, statementSchema } from '../workers/mis/push/answers.ts'
import { asProved, changeKeys } from './change-keys.ts'
import { identify } from './enrol.ts'
import { type KeyPair, readSecrets, type Secrets, writeSecrets } from './secrets.ts'
import { tellWithKey, type Told } from './talk.ts'
import type { World } from './world.ts'

export type Greeted = {
  /** As they are from now on: keys may have changed. */
  readonly secrets: Secrets
  readonly allowList: AllowList
  /** How far this machine's clock is ahead of Schoolgate's. */
  readonly clockAheadMs: number
}

/**
 * Asks Schoolgate who it is and what it wants, before anything is read or sent. The answer counts only if the
 * key that this agent has pinned sealed it, to this very request; then keys that are to change are changed,
 * each written down before it is used. Only for who is `alone`: two that change keys at once lose one of them.
 */
export async function greet(world: World, secrets: Secrets): Promise<Told<Greeted>> {
  const told = await greetOnce(world, secrets, [])
  if (!told.ok) return told
  const { known, isMended, said, pair } = told.value
  if (isMended) await writeSecrets(world.state, known)
  return greetedBy(await changeKeys(world, known, said, pair), said, known)
}

/**
 * The same for who only looks, and may do so while another agent is at work: it changes and writes nothing. What is
 * shown of the keys is as they are from the next push on; what another has just changed is read again.
 */
export async function look(world: World, secrets: Secrets): Promise<Told<Greeted>> {
  const told = await greetOnce(world, secrets, [])
  if (told.ok) {
    const { known, said, pair } = told.value
    return greetedBy(asProved(known, said, pair), said, known)
  }
  const now = await readSecrets(world.state)
  const isChanged = now.ok && JSON.stringify(now.secrets) !== JSON.stringify(secrets)
  return isChanged ? look(world, now.secrets) : told
}

type Answered = {
  readonly known: Secrets
  /** Another clock or API key than was written down made it work. */
  readonly isMended: boolean
  readonly said: Statement
  readonly pair: KeyPair
}

const greetedBy = (
  secrets: Secrets,
  { allowList }: Statement,
  { clockAheadMs = 0 }: Secrets,
): Told<Greeted> => ({ ok: true, value: { secrets, allowList, clockAheadMs } })

async function greetOnce(
  world: World,
  secrets: Secrets,
  tried: readonly string[],
): Promise<Told<Answered>> {
  const startedMs = Date.now()
  const told = await tellWithKey(secrets, world.network, HELLO, statementSchema)
  if (!told.ok) {
    const { code } = told
    const mended = tried.includes(code) ? undefined : await otherwise(world, secrets, code)
    return mended ? greetOnce(world, mended, [...tried, code]) : told
  }
  const { said, pair } = told.value
  const clockAheadMs = Math.round((startedMs + Date.now()) / 2 - said.timeMs)
  const known = { ...secrets, clockAheadMs }
  return { ok: true, value: { known, isMended: tried.length > 0, said, pair } }
}

const HELLO = { method: 'GET', path: '/mis/v1/hello' } as const

/**
 * What may be right where the secrets as they are were refused: another clock, or the API key before, if a
 * change of it came to nothing. Each is tried once. A false time from somebody on the way does no harm: the
 * request that is then made can only be asked, and only this agent can read what comes.
 */
async function otherwise(
  world: World,
  secrets: Secrets,
  code: string,
): Promise<Secrets | undefined> {
  const [newest, before] = secrets.apiKeys
  if (code === 'wrong-api-key' && newest !== undefined && before !== undefined) {
    return { ...secrets, apiKeys: [before, newest] }
  }
  if (code !== 'wrong-time') return undefined
  const told = await identify(world, secrets.address)
  if (!told.ok) return undefined
  return { ...secrets, clockAheadMs: Date.now() - Date.parse(told.value.time) }
}
