import type { School } from '#shards'
import type { Fingerprint } from '#vault'

/**
 * A keyed digest of all that a file says about one person: equal where it says the same again, whatever
 * order the keys come in. By it the same file twice changes nothing, without opening a single record.
 */
export const digest = (school: School, said: unknown): Promise<Fingerprint> =>
  school.fingerprint('digest', canonical(said))

/** JSON with sorted keys. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`
}
