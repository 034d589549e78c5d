import * as audit from '#audit'
import { reseal, type School } from '#shards'
import type { Vault } from '#vault'
import { manifest } from './manifest.ts'

/** Rounds of resealing in one go: with 500 rows a column and round, some thousands of rows. */
const MAX_ROUNDS = 12

/**
 * Gives a school a fresh data key: everything written from now on is sealed under it. What is there
 * already still opens, and is brought over by `resealSome`.
 */
export async function rotateKey(school: School, vault: Vault): Promise<void> {
  const keyId = await vault.rotate(school.id)
  await school.commit(audit.entry(school, 'key.rotated', school.id, { key: keyId }))
}

/**
 * Seals what is still under an older key anew, a bounded amount at a time. True when nothing of the
 * school's shard is left under an older key.
 */
export async function resealSome(school: School): Promise<{ resealed: number; isDone: boolean }> {
  let resealed = 0
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let changed = 0
    for (const holding of manifest) if (isOfShard(holding)) changed += await reseal(school, holding)
    resealed += changed
    if (changed === 0) return { resealed, isDone: true }
  }
  return { resealed, isDone: false }
}

/** A school's shard has its sealed rows; those of the directory are few and stay under their key. */
const isOfShard = ({ table, columns }: (typeof manifest)[number]): boolean =>
  'schoolId' in table && Object.values(columns).includes('personal')
