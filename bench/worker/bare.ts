import { type Env, readSettings, shardsOf } from '#workers/env.ts'
import type { Enclave } from './enclave.ts'
import { numbers } from './numbers.ts'

/** Calls the carrier from as many rooms as the product uses, with as many connections each. */
export async function callCarrier(
  env: Env,
  { calls, rooms, width }: { calls: number; rooms: number; width: number },
): Promise<{ accepted: number }> {
  const { SANDBOX_URL, SANDBOX_KEY } = readSettings(env)
  const url = `${SANDBOX_URL}/sms/larch/messages`
  const namespace = env.ENCLAVE as unknown as DurableObjectNamespace<Enclave>
  const share = Math.ceil(calls / rooms)
  const accepted = await Promise.all(
    Array.from({ length: rooms }, (_, place) => {
      const room = `bare-${place}`
      const to = Array.from({ length: share }, (_, each) => numbers[each % numbers.length] ?? '')
      const stub = namespace.get(namespace.idFromName(room))
      return stub.callCarrier({ url, key: SANDBOX_KEY, to, room: `${place}-${Date.now()}`, width })
    }),
  )
  return { accepted: accepted.reduce((sum, one) => sum + one, 0) }
}

const ROW_CHARACTERS = 400

/** Inserts rows of about 480 bytes, one statement and one bound value for each thousand (`json_each`). */
export async function insertRows(
  env: Env,
  { statements, rows }: { statements: number; rows: number },
): Promise<{ inserted: number }> {
  const database = shardsOf(env, 2)[1] as D1Database
  await database.exec(
    'create table if not exists bench_rows (id text primary key, school text, state text, body text, at integer)',
  )
  await database.exec(
    'create index if not exists bench_rows_by_school on bench_rows (school, state)',
  )
  const body = 'x'.repeat(ROW_CHARACTERS)
  for (let each = 0; each < statements; each++) {
    const values = Array.from({ length: rows }, () => [
      crypto.randomUUID(),
      'org_1',
      'created',
      body,
      1,
    ])
    await database
      .prepare(
        `insert into bench_rows select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4
         from json_each(?)`,
      )
      .bind(JSON.stringify(values))
      .run()
  }
  return { inserted: statements * rows }
}

const PLAIN_BYTES = 300
const AT_ONCE = 500

/** Seals and opens 300 bytes with the runtime's own AES-256-GCM, and nothing around it. */
export async function bareSeals(_: Env, { pairs }: { pairs: number }): Promise<{ pairs: number }> {
  const raw = crypto.getRandomValues(new Uint8Array(32))
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
  const plain = crypto.getRandomValues(new Uint8Array(PLAIN_BYTES))
  const pair = async () => {
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain)
    await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed)
  }
  for (let done = 0; done < pairs; done += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, pairs - done) }, pair))
  }
  return { pairs }
}
