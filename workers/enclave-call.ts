import type { Enclave } from './enclave.ts'
import type { Env } from './env.ts'
import { jurisdictional } from './jurisdiction.ts'

/**
 * One of the rooms in which sealed data is opened for the machine's own work. Queue consumers and
 * cron may run anywhere; a durable object stays in its jurisdiction.
 */
export function enclave(env: Env, room: string): Pick<Enclave, 'run'> {
  const namespace = jurisdictional(env, env.ENCLAVE)
  return namespace.get(namespace.idFromName(room)) as unknown as Pick<Enclave, 'run'>
}
