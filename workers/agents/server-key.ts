import { and, desc, eq, gt, isNull, lte, ne, or } from 'drizzle-orm'
import { fromBase64url, type Id, invariant, newId, toBase64url } from '#kernel'
import type { Directory } from '#shards'
import { newKeyPair } from '#vault'
import { agentKeys } from './directory-tables.ts'

/** Schoolgate's public key as agents pin it. */
export type ServerKey = { id: Id<'key'>; publicKey: Uint8Array; createdAtMs: number }

const DAY_MS = 24 * 60 * 60_000
/** A key is turned each year, and by hand at any time. */
export const KEY_LASTS_MS = 365 * DAY_MS
/** What was sealed to the key before still opens: agents hear of a new one when they next say hello. */
export const OLD_KEY_OPENS_MS = 30 * DAY_MS
/**
 * So long it proves the one after it to a program that was off meanwhile: over the summer, or for a year. A
 * program that was off for longer is enrolled anew.
 */
export const OLD_KEY_PROVES_MS = OLD_KEY_OPENS_MS + KEY_LASTS_MS

/** The key to seal to now. The first one is made when somebody first asks for it. */
export async function currentKey(directory: Directory): Promise<ServerKey> {
  const found = await newest(directory)
  if (found) return found
  await add(directory)
  const made = await newest(directory)
  invariant(made, 'a key that was made is there')
  return made
}

/** The private part of a key to which may still be sealed; undefined for any other. */
export const privateKeyOf = (
  directory: Directory,
  id: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> => usedWithin(directory, id, OLD_KEY_OPENS_MS)

/** The private part of a key from which an answer may still be sealed, and which opens nothing any more. */
export const provingKeyOf = (
  directory: Directory,
  id: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> => usedWithin(directory, id, OLD_KEY_PROVES_MS)

/** A fresh key from now on. Returns its id. */
export async function turnKey(directory: Directory): Promise<Id<'key'>> {
  const nowMs = directory.clock.now()
  const id = await add(directory)
  await directory.write(
    directory.db
      .update(agentKeys)
      .set({ retiredAtMs: nowMs })
      .where(and(isNull(agentKeys.retiredAtMs), ne(agentKeys.id, id))),
  )
  return id
}

/** For the clock: turns a key of a year ago, and destroys those that prove nothing any more. */
export async function keepKeys(directory: Directory): Promise<Id<'key'> | undefined> {
  const nowMs = directory.clock.now()
  await directory.write(
    directory.db.delete(agentKeys).where(lte(agentKeys.retiredAtMs, nowMs - OLD_KEY_PROVES_MS)),
  )
  const found = await newest(directory)
  return found && nowMs - found.createdAtMs >= KEY_LASTS_MS ? turnKey(directory) : undefined
}

async function usedWithin(directory: Directory, id: string, ms: number) {
  const sinceMs = directory.clock.now() - ms
  const [row] = await directory.db
    .select()
    .from(agentKeys)
    .where(
      and(
        eq(agentKeys.id, id as Id<'key'>),
        or(isNull(agentKeys.retiredAtMs), gt(agentKeys.retiredAtMs, sinceMs)),
      ),
    )
  return row && fromBase64url(await directory.open(agentKeys.privateKey, row.id, row.privateKey))
}

async function newest(directory: Directory): Promise<ServerKey | undefined> {
  const [row] = await directory.db
    .select()
    .from(agentKeys)
    .where(isNull(agentKeys.retiredAtMs))
    .orderBy(desc(agentKeys.id))
    .limit(1)
  return row && { ...row, publicKey: fromBase64url(row.publicKey) }
}

async function add(directory: Directory): Promise<Id<'key'>> {
  const nowMs = directory.clock.now()
  const id = newId('key', nowMs)
  const { privateKey, publicKey } = await newKeyPair()
  await directory.db.insert(agentKeys).values({
    id,
    publicKey: toBase64url(publicKey),
    privateKey: await directory.seal(agentKeys.privateKey, id, toBase64url(privateKey)),
    createdAtMs: nowMs,
  })
  return id
}
