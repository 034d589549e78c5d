import { randomBytes } from 'node:crypto'
import { secretId } from '#vault'
import {
  type AllowList,
  helloSchema,
  isStatementProven,
  statementSchema,
} from '../workers/mis/push/answers.ts'
import { pushHeaders } from '../workers/mis/push/wire.ts'
import { changeKeys } from './change-keys.ts'
import { bytesOf, type Secrets } from './secrets.ts'
import { tell, type Told } from './talk.ts'
import type { World } from './world.ts'

export type Greeted = {
  /** As they are from now on: keys may have changed. */
  readonly secrets: Secrets
  readonly allowList: AllowList
  /** How far this machine's clock is ahead of Schoolgate's. */
  readonly clockAheadMs: number
}

/**
 * Asks Schoolgate who it is and what it wants, before anything is read or sent. The answer counts only with
 * proof that its sender holds this agent's API key, for a nonce of this very moment; then keys that are to
 * change are changed, each written down before it is used.
 */
export async function greet(world: World, secrets: Secrets): Promise<Told<Greeted>> {
  const nonce = randomBytes(24).toString('base64url')
  const headers = {
    [pushHeaders.nonce]: nonce,
    [pushHeaders.key]: secrets.serverKeys[0]?.id ?? '',
  }
  const startedMs = Date.now()
  const told = await tell(
    secrets,
    world.network,
    { method: 'GET', path: '/mis/v1/hello', headers },
    helloSchema,
  )
  if (!told.ok) return told
  const nowMs = (startedMs + Date.now()) / 2
  const apiKey = await keyNamed(secrets, told.value.apiKeyId)
  if (!apiKey || !(await isStatementProven(apiKey, told.value))) return unproven
  const statement = statementSchema.safeParse(parsed(told.value.statement)).data
  if (statement?.nonce !== nonce || statement.organisation.id !== secrets.organisation.id)
    return unproven
  const changed = await changeKeys(world, secrets, statement, apiKey)
  const clockAheadMs = Math.round(nowMs - statement.timeMs)
  return { ok: true, value: { secrets: changed, allowList: statement.allowList, clockAheadMs } }
}

const unproven: Told<never> = { ok: false, reason: 'nonsense', code: 'not-proven' }

async function keyNamed({ apiKeys }: Secrets, id: string): Promise<Uint8Array | undefined> {
  for (const text of apiKeys) {
    const key = bytesOf(text)
    if ((await secretId(key)) === id) return key
  }
  return undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
