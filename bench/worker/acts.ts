import type { Env } from '#workers/env.ts'
import { bareSeals, callCarrier, insertRows } from './bare.ts'
import type { Enclave } from './enclave.ts'
import { referencesOf, send } from './send.ts'
import { settle } from './settle.ts'

export type BenchEnv = Env & { ENCLAVE: DurableObjectNamespace<Enclave> }

type Act = (env: BenchEnv, asked: never) => Promise<unknown>

/** What a bench asks of the running system from inside, by the last part of `/bench/…`. */
export const acts: Record<string, Act> = {
  settle,
  send,
  references: referencesOf,
  'call-carrier': callCarrier,
  'insert-rows': insertRows,
  seals: bareSeals,
}
