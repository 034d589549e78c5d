import type { Env } from '#workers/env.ts'
import { bareSeals, callCarrier, insertRows } from './bare.ts'
import { referencesOf, send } from './send.ts'
import { settle } from './settle.ts'

type Act = (env: Env, asked: never) => Promise<unknown>

/** What a bench asks of the running system from inside, by the last part of `/bench/…`. */
export const acts: Record<string, Act> = {
  settle,
  send,
  references: referencesOf,
  'call-carrier': callCarrier,
  'insert-rows': insertRows,
  seals: bareSeals,
}
