import * as audit from '#audit'
import * as schools from '#schools'
import { Directory, system } from '#shards'
import { type Env, premisesOf } from '#workers/env.ts'

/** What is found of one organisation's trail. */
export type Found = audit.Verdict & { organisation: string; kind: string; name: string }

const PAGE = 100

/**
 * A Worker of its own, with the product's bindings, that follows the chain of every organisation and writes
 * nothing: `scripts/verify-trail.ts` gives it a copy of the databases. It is never part of what is deployed.
 */
export default {
  async fetch(_request, env) {
    const directory = new Directory(await premisesOf(env))
    const found: Found[] = []
    for (let offset = 0; ; offset += PAGE) {
      const some = await schools.list(directory, { limit: PAGE, offset })
      for (const one of some) found.push(...(await verdictOf(env, directory, one)))
      if (some.length < PAGE) return Response.json(found)
    }
  },
} satisfies ExportedHandler<Env>

async function verdictOf(
  env: Env,
  directory: Directory,
  { id, kind, name }: schools.Organisation,
): Promise<Found[]> {
  const school = await directory.school(id, system('clock'))
  if (!school) return []
  return [{ organisation: id, kind, name, ...(await audit.verify(school, env.ANCHORS)) }]
}
