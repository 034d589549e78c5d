import * as delivery from '#delivery'
import { newId } from '#kernel'
import type { Person, World } from './people.ts'

/** Ids already chosen for the same address, outermost first. */
type Chosen = Readonly<Record<string, string>>
type Maker = (world: World, person: Person, chosen: Chosen) => Promise<string> | string

/**
 * What stands for each `:name` of a path: a real object of St Botolph's, which its own people may
 * see and nobody else. A thing that is changed by a visit is made anew for each.
 */
export const objects: Record<string, Maker> = {
  channel: () => 'sms',
  provider: () => 'sandbox-a',
  letter: async ({ directory }) => {
    const body = { shard: 0, school: newId('organisation'), message: newId('message') }
    await delivery.deadLetters.keep(directory, 'sends', body)
    const [newest] = await delivery.deadLetters.list(directory)
    return newest?.id ?? 'none'
  },
}

/** The path with its names filled in. Throws for a name that has no object yet. */
export async function addressOf(path: string, world: World, person: Person): Promise<string> {
  const chosen: Record<string, string> = {}
  for (const [, name = ''] of path.matchAll(/:(\w+)/g)) {
    chosen[name] = await makerOf(name, path)(world, person, chosen)
  }
  return path.replaceAll(/:(\w+)(\{[^}]*\})?/g, (_, name: string) => chosen[name] ?? '')
}

export function makerOf(name: string, path: string): Maker {
  const maker = objects[name]
  if (maker) return maker
  throw new Error(
    `No object of St Botolph's stands for ":${name}" of ${path}, so its door is not tested. ` +
      'Add one to test/doors/objects.ts.',
  )
}
