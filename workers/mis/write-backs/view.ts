import * as audit from '#audit'
import type { School } from '#shards'
import * as store from './store.ts'
import type { WriteBack } from './write-back.ts'

/** The list with its names and numbers, for somebody who looks at it: the trail remembers that. */
export async function view(school: School): Promise<WriteBack[]> {
  const found = await store.list(school)
  await audit.viewed(school, 'write-backs.viewed', [school.id], { writeBacks: found.length })
  return found
}
