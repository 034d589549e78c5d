import { invariant } from '#kernel'
import {
  importAes,
  importHmac,
  type MasterKeys,
  randomKey,
  unwrap,
  wrap,
  type Wrapped,
} from './master.ts'
import type { DataKey } from './sealed.ts'

/** A holder's keys, ready for use. A holder is an organisation, or the directory. */
export type Keyring = {
  holder: string
  current: DataKey
  byId: ReadonlyMap<string, CryptoKey>
  fingerprintKey: CryptoKey
}

/** What the bucket holds for one holder: wrapped keys only. Delete it and every backup is unreadable. */
export type StoredKeyring = {
  holder: string
  current: string
  keys: Record<string, Wrapped>
  fingerprint: Wrapped
}

export async function makeKeyring(masters: MasterKeys, holder: string): Promise<StoredKeyring> {
  const id = 'k1'
  return {
    holder,
    current: id,
    keys: { [id]: await wrap(masters, label(holder, id), randomKey()) },
    fingerprint: await wrap(masters, label(holder, 'fingerprint'), randomKey()),
  }
}

/** Adds a fresh data key and makes it current. Older keys stay so that older rows can still be opened. */
export async function withNewKey(
  masters: MasterKeys,
  stored: StoredKeyring,
): Promise<StoredKeyring> {
  const id = `k${Object.keys(stored.keys).length + 1}`
  const wrapped = await wrap(masters, label(stored.holder, id), randomKey())
  return { ...stored, current: id, keys: { ...stored.keys, [id]: wrapped } }
}

/** The same keys under the current master key. */
export async function rewrapped(
  masters: MasterKeys,
  stored: StoredKeyring,
): Promise<StoredKeyring> {
  const again = async (name: string, wrapped: Wrapped) => {
    const at = label(stored.holder, name)
    return wrap(masters, at, await unwrap(masters, at, wrapped))
  }
  const keys: Record<string, Wrapped> = {}
  for (const [id, wrapped] of Object.entries(stored.keys)) keys[id] = await again(id, wrapped)
  return { ...stored, keys, fingerprint: await again('fingerprint', stored.fingerprint) }
}

export const isUnderCurrentMaster = (masters: MasterKeys, stored: StoredKeyring): boolean =>
  [stored.fingerprint, ...Object.values(stored.keys)].every((one) => one.master === masters.current)

export async function unlock(masters: MasterKeys, stored: StoredKeyring): Promise<Keyring> {
  const byId = new Map<string, CryptoKey>()
  for (const [id, wrapped] of Object.entries(stored.keys)) {
    byId.set(id, await importAes(await unwrap(masters, label(stored.holder, id), wrapped)))
  }
  const key = byId.get(stored.current)
  invariant(key, 'a keyring holds its current key')
  const fingerprint = await unwrap(masters, label(stored.holder, 'fingerprint'), stored.fingerprint)
  return {
    holder: stored.holder,
    current: { id: stored.current, key },
    byId,
    fingerprintKey: await importHmac(fingerprint),
  }
}

const label = (holder: string, name: string) => `schoolgate/${holder}/${name}`
