import type { Id } from '#kernel'
import type { School } from '#shards'
import { MAX_MAPPING_NAME } from './import-mapping.ts'
import { list } from './store.ts'

/** Whether another mapping of the school is called that; case and signs tell no two of them apart. */
export async function isNameTaken(
  school: School,
  name: string,
  but: Id<'mapping'>,
): Promise<boolean> {
  return (await namesBesides(school, but)).has(folded(name))
}

/** The name itself, or with a number behind it: for an upload, whose name nobody has to think about. */
export async function nameOfItsOwn(
  school: School,
  name: string,
  id: Id<'mapping'>,
): Promise<string> {
  const taken = await namesBesides(school, id)
  let own = name
  for (let number = 2; taken.has(folded(own)); number++) {
    const suffix = ` ${number}`
    own = `${name.slice(0, MAX_MAPPING_NAME - suffix.length)}${suffix}`
  }
  return own
}

const namesBesides = async (school: School, but: Id<'mapping'>): Promise<Set<string>> =>
  new Set((await list(school)).filter(({ id }) => id !== but).map(({ name }) => folded(name)))

/** Small letters and digits: the file for the agent is called by them. */
const folded = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim() || name
