import type { GroupId } from '#kernel'

/** `curriculum`: classes and teaching groups, of which a pupil is in several. */
export type GroupKind = 'registration' | 'year' | 'house' | 'curriculum'
export type GroupRecord = { name: string }

/** A group and how many pupils on roll are in it. */
export type Group = { id: GroupId; kind: GroupKind; name: string; pupils: number }

/** "Reception" before "Year 1", "Year 2" before "Year 10". */
export const byGroupName = (a: { name: string }, b: { name: string }): number =>
  order.compare(a.name, b.name)

const order = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' })
