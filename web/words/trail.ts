import type { Fault } from '#audit'
import type { SystemActor } from '#shards'
import { accessGroups } from './trail-access.ts'
import { officeGroups } from './trail-office.ts'

/**
 * Every action that stands in a trail, in a sentence, by what people look for. A test in `test/tidy/` finds
 * those that have none.
 */
export const trailGroups = { ...officeGroups, ...accessGroups }

export type GroupName = keyof typeof trailGroups

/** By "looks", what the filter offers. */
export const groupOf = (name: string | undefined): GroupName | undefined =>
  name !== undefined && Object.hasOwn(trailGroups, name) ? (name as GroupName) : undefined

const sentences = new Map<string, string>(
  Object.values(trailGroups).flatMap(({ actions }) => Object.entries(actions)),
)

/** "Looked at a pupil’s record". An action of an older release is read as it is spelt. */
export const sentenceFor = (action: string): string =>
  sentences.get(action) ?? capital(action.replace('.', ' ').replaceAll('-', ' '))

export const hasSentence = (action: string): boolean => sentences.has(action)

/** The machine’s own parts, as somebody reads who did something. */
export const machineWords: Record<SystemActor, string> = {
  agent: 'The agent in the school',
  outbox: 'Schoolgate (outbox)',
  carrier: 'Schoolgate (a carrier’s report)',
  clock: 'Schoolgate (clock)',
  visitor: 'Somebody not signed in',
  seed: 'Schoolgate (set-up)',
}

/** Levels of the operator’s people (PRODUCT 1). */
export const levelWords: Readonly<Record<string, string>> = {
  'operator-basic': 'Basic',
  'operator-finance': 'Finance',
  'operator-administrator': 'Administrator',
}

/** What is wrong with a trail that is not as it was written; `position` is the place of the entry. */
export const faultWords: Record<Fault['kind'], (position: string) => string> = {
  missing: (position) => `Entry ${position} of the chain is missing.`,
  changed: (position) => `Entry ${position} of the chain was changed after it was written.`,
  'end-differs': (position) =>
    `Entry ${position} is the last of the chain, but its end was written down differently.`,
  'end-cut': (position) =>
    `Entry ${position} is the last of the chain, but there were more: the end was cut off.`,
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
