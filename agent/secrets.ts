import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { isLockedDown, lockDown } from './lock-down.ts'
import { writeWhole } from './write-whole.ts'

const key = z.base64url().length(43)
const keyPair = z.object({ privateKey: key, publicKey: key })
const serverKey = z.object({ id: z.string(), publicKey: key })

const shape = z.object({
  version: z.literal(1),
  address: z.url(),
  agentId: z.string(),
  loginSecret: z.string(),
  /** The one in use first. The other is tried where that is refused. */
  apiKeys: z.array(key).min(1).max(2),
  organisation: z.object({ id: z.string(), name: z.string() }),
  /** Schoolgate's, as a person compared it and as it was changed since, each proved by the one before. Newest first. */
  serverKeys: z.array(serverKey).min(1).max(2),
  /** Newest first. */
  keyPairs: z.array(keyPair).min(1).max(2),
  /** Made and, as far as this agent knows, not yet known to Schoolgate. */
  nextKeyPair: keyPair.optional(),
  /** How far this machine's clock was ahead of Schoolgate's when it last proved itself. */
  clockAheadMs: z.number().optional(),
})

/** All that the agent knows and nobody else may. It is in one file, so that it changes whole. */
export type Secrets = z.infer<typeof shape>
export type KeyPair = z.infer<typeof keyPair>

export type SecretsRead =
  | { readonly ok: true; readonly secrets: Secrets }
  | { readonly ok: false; readonly reason: 'not-enrolled' | 'not-private' | 'damaged' }

const FILE = 'secrets.json'

/** A file that others can read is refused: whoever read it can be this school's agent. */
export async function readSecrets(state: string): Promise<SecretsRead> {
  const path = join(state, FILE)
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return { ok: false, reason: 'not-enrolled' }
  if (!(await isLockedDown(path))) return { ok: false, reason: 'not-private' }
  try {
    return { ok: true, secrets: shape.parse(JSON.parse(text)) }
  } catch {
    return { ok: false, reason: 'damaged' }
  }
}

/** The permissions are set while the file is still empty. */
export const writeSecrets = (state: string, secrets: Secrets): Promise<void> =>
  writeWhole(join(state, FILE), JSON.stringify(secrets), lockDown)

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(text, 'base64url'))

export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
