import type { School } from '#shards'
import type { Fingerprint } from '#vault'
import { headersDigest } from '../read/index.ts'

/** By which a mapping is found again for a file with the same headings, in whatever order. */
export const headersKey = (school: School, headers: string[]): Promise<Fingerprint> =>
  school.fingerprint('digest', headersDigest(headers))
