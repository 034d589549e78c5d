import type { Statement } from '#shards'

/**
 * What one commit may write at most. It is held twice while it is on its way to the database, beside what was
 * read, and a Worker has 128 MB (Workers limits page). 100,000 marks of a whole year, each of which amends
 * another, come to 24 million.
 */
export const MOST_CHARACTERS = 32_000_000

/** Counts what a commit will write, while its statements are made. True where it has become too much. */
export function roomFor(most: number): (statements: readonly Statement[]) => boolean {
  let characters = 0
  return (statements) => {
    for (const { params } of statements)
      for (const param of params) characters += typeof param === 'string' ? param.length : 0
    return characters > most
  }
}
