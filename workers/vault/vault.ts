import { type Clock, invariant } from '#kernel'
import {
  isUnderCurrentMaster,
  type Keyring,
  makeKeyring,
  rewrapped,
  type StoredKeyring,
  unlock,
  withNewKey,
} from './keyring.ts'
import type { MasterKeys } from './master.ts'

/** Keyrings by holder. Opened ones are kept in memory for a minute, so a shred holds within one. */
export type Vault = {
  keyring(holder: string): Promise<Keyring>
  /** The keyring read again: another isolate may have rotated, and sealed under a key unknown here. */
  renewed(holder: string): Promise<Keyring>
  /** Makes a holder's keys; where there are some already, they are left as they are. */
  create(holder: string): Promise<void>
  /** New values are sealed under a fresh key from now on; returns its id. Old rows still open. */
  rotate(holder: string): Promise<string>
  /** Wraps up to `limit` keyrings anew under the current master key; returns how many, and if all are done. */
  rewrapAll(limit: number): Promise<{ rewrapped: number; isDone: boolean }>
  /** Destroys the holder's keys. Nothing sealed under them can be read again, in any backup. */
  shred(holder: string): Promise<void>
}

export const KEYRING_KEPT_MS = 60_000
const MAX_KEYRINGS_KEPT = 2_000

/** Thrown where a holder has no keys: never made, or shredded. */
export class KeysGone extends Error {
  override name = 'KeysGone'
}

export function openVault(bucket: R2Bucket, masters: MasterKeys, clock: Clock): Vault {
  const kept = new Map<string, { keyring: Keyring; untilMs: number }>()

  const renewed = async (holder: string) => {
    const opened = await unlock(masters, (await load(bucket, holder)).stored)
    if (kept.size >= MAX_KEYRINGS_KEPT) kept.clear()
    kept.set(holder, { keyring: opened, untilMs: clock.now() + KEYRING_KEPT_MS })
    return opened
  }

  const keyring = async (holder: string) => {
    const known = kept.get(holder)
    return known && known.untilMs > clock.now() ? known.keyring : renewed(holder)
  }

  const replace: Replace = async (holder, change) => {
    const { stored, etag } = await load(bucket, holder)
    const changed = await change(stored)
    const put = await bucket.put(at(holder), JSON.stringify(changed), {
      onlyIf: { etagMatches: etag },
    })
    invariant(put, 'nobody else changed this keyring meanwhile')
    kept.delete(holder)
    return changed
  }

  return {
    keyring,
    renewed,
    create: async (holder) => {
      const stored = await makeKeyring(masters, holder)
      const onlyIf = { etagDoesNotMatch: '*' }
      await bucket.put(at(holder), JSON.stringify(stored), { onlyIf })
    },
    rotate: async (holder) => (await replace(holder, (s) => withNewKey(masters, s))).current,
    rewrapAll: (limit) => rewrapAll(bucket, masters, replace, limit),
    shred: async (holder) => {
      await bucket.delete(at(holder))
      kept.delete(holder)
    },
  }
}

type Replace = (
  holder: string,
  change: (stored: StoredKeyring) => Promise<StoredKeyring>,
) => Promise<StoredKeyring>

async function rewrapAll(bucket: R2Bucket, masters: MasterKeys, replace: Replace, limit: number) {
  let done = 0
  for await (const holder of holders(bucket)) {
    const { stored } = await load(bucket, holder)
    if (isUnderCurrentMaster(masters, stored)) continue
    if (done === limit) return { rewrapped: done, isDone: false }
    await replace(holder, (one) => rewrapped(masters, one))
    done++
  }
  return { rewrapped: done, isDone: true }
}

const PREFIX = 'keys/'
const at = (holder: string) => `${PREFIX}${holder}`

async function load(bucket: R2Bucket, holder: string) {
  const object = await bucket.get(at(holder))
  if (!object) throw new KeysGone(`no keys for ${holder}`)
  return { stored: await object.json<StoredKeyring>(), etag: object.etag }
}

async function* holders(bucket: R2Bucket) {
  let cursor: string | undefined
  do {
    const page = await bucket.list({ prefix: PREFIX, ...(cursor && { cursor }) })
    for (const object of page.objects) yield object.key.slice(PREFIX.length)
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor)
}
