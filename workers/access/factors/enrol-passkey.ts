import * as audit from '#audit'
import { type Refusal, refuse } from '#kernel'
import type { Directory, School } from '#shards'
import type { Standing } from '../standing.ts'
import type { Circumstances } from './circumstances.ts'
import { enrolled } from './enrolled.ts'
import { MAX_PASSKEYS } from './factor.ts'
import type { MovedOn } from './move-on.ts'
import { readNewPasskey } from './passkey-answer.ts'
import { ofUser, passkeyAdded } from './passkey-store.ts'

/** Keeps what a device made as one more passkey, under the name its owner knows it by. */
export async function enrolPasskey(
  directory: Directory,
  school: School,
  standing: Standing,
  { name, answer }: { name: string; answer: string },
  circumstances: Circumstances,
): Promise<MovedOn | Refusal<'wrong' | 'already-enrolled' | 'too-many'>> {
  const { user } = standing
  const made = await readNewPasskey(directory, user.id, answer, circumstances.party)
  if (!made) return refuse('wrong', 'passkey')
  const had = await ofUser(directory, user.id)
  if (had.length >= MAX_PASSKEYS) return refuse('too-many', 'passkey')

  const record = { ...made.record, name }
  const { id, writes } = await passkeyAdded(directory, school, user.id, { ...made, record })
  const facts = { kind: 'passkey', factor: id }
  return enrolled(
    directory,
    school,
    standing,
    {
      writes,
      entry: audit.entry(school, 'factor.added', user.id, facts),
      news: { what: 'passkey-added' },
      verifiedBy: 'passkey',
    },
    circumstances,
  )
}
