import type { School } from '#shards'

/**
 * The same school, in which something happens once: after the next commit, and before whatever its verb does
 * then. For what the trail was told of and somebody else was quicker to do.
 */
export function meanwhile(school: School, happens: () => Promise<unknown>): School {
  const commit = school.commit.bind(school)
  const once: School['commit'] = async (...writes) => {
    school.commit = commit
    const isDone = await commit(...writes)
    await happens()
    return isDone
  }
  return Object.assign(school, { commit: once })
}
