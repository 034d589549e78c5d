import type { SchoolId } from '#kernel'

/**
 * Rooms that open imports, per shard, in each of which there is one at a time: an import takes up to most of a
 * Worker's 128 MB, and rooms may share an isolate. A school is always in the same room. wrangler.toml lets as many
 * jobs run as four shards have rooms; more would only wait.
 */
const IMPORT_ROOMS = 4

/** Schools are spread over the rooms evenly; the last characters of an id are drawn by lot. */
export function importRoomOf(school: SchoolId): number {
  let sum = 0
  for (const character of school) sum += character.codePointAt(0) ?? 0
  return sum % IMPORT_ROOMS
}
