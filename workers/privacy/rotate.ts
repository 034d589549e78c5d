import * as audit from '#audit'
import * as mis from '#mis'
import { type Directory, reseal, type School } from '#shards'
import type { Vault } from '#vault'
import { manifest } from './manifest.ts'

/** Rounds of resealing in one go: with 500 rows a column and round, some thousands of rows. */
const MAX_ROUNDS = 12

/**
 * Gives a school a fresh data key: everything written from now on is sealed under it (in other
 * isolates once they read the keyring again, within a minute). What is there already still opens, and
 * is brought over by `resealSome`.
 */
export async function rotateKey(school: School, vault: Vault): Promise<void> {
  const keyId = await vault.rotate(school.id)
  await school.commit(audit.entry(school, 'key.rotated', school.id, { key: keyId }))
}

/**
 * Seals what is still under an older key anew, a bounded amount at a time: the rows of the school's
 * shard, its users in the directory, and what is kept of its files. `isDone` when nothing of these is
 * left under an older key. The trail knows of each time.
 */
export async function resealSome(
  directory: Directory,
  customer: School,
  files: R2Bucket,
): Promise<{ resealed: number; isDone: boolean }> {
  // The key may have been made by another isolate a moment ago: what is the newest is read anew.
  await directory.premises.vault.renewed(customer.id)
  const school = customer.as(customer.actor)
  let resealed = 0
  let isDone = false
  for (let round = 0; round < MAX_ROUNDS && !isDone; round++) {
    const changed = await oneRound(directory, school, files)
    resealed += changed
    isDone = changed === 0
  }
  const facts = { resealed, isDone }
  await school.commit(audit.entry(school, 'data.resealed', school.id, facts))
  return facts
}

async function oneRound(directory: Directory, school: School, files: R2Bucket): Promise<number> {
  let changed = await mis.resealObjects(school, files)
  for (const holding of manifest) {
    if (isSealed(holding) && isCustomers(holding))
      changed += await reseal(school, holding, isOfShard(holding) ? school : directory)
  }
  return changed
}

type Listed = (typeof manifest)[number]

const isSealed = ({ columns }: Listed): boolean => Object.values(columns).includes('personal')

/** Not what is the directory's own, under its own key. */
const isCustomers = ({ table }: Listed): boolean => 'schoolId' in table || 'organisationId' in table

/** What names no school but an organisation is the directory's. */
const isOfShard = ({ table }: Listed): boolean => 'schoolId' in table
