import type { AgentId, PointId, PupilId, WriteBackId } from '#kernel'
import type { WriteBackRecord } from './line.ts'

/**
 * `done`: somebody typed it into the school's system by hand. `superseded`: a later correction of the same number
 * or address takes its place.
 */
export type WriteBackState = 'queued' | 'collected' | 'written' | 'refused' | 'done' | 'superseded'

export type WriteBackKind = WriteBackRecord['kind']

/** Why an agent could not write one, in its words; they may name a file, so they are sealed. */
export type Kept = { record: WriteBackRecord; refusedBecause: string | null }

export type WriteBack = {
  id: WriteBackId
  /** Whose mark, or which number or address. */
  aboutId: PupilId | PointId
  state: WriteBackState
  record: WriteBackRecord
  refusedBecause: string | null
  createdAtMs: number
  collectedBy: AgentId | null
  collectedAtMs: number | null
  closedAtMs: number | null
}

const allowedWhile = {
  collect: ['queued', 'collected'],
  // One that was superseded while the agent had it may have been written all the same.
  acknowledge: ['collected', 'superseded'],
  'do-by-hand': ['queued', 'collected', 'refused'],
  // What an agent has may be in its file by now: that one stays, and the later one comes after it.
  merge: ['queued', 'refused'],
} satisfies Record<string, WriteBackState[]>

export type WriteBackAction = keyof typeof allowedWhile

export const writeBackStatesFor = (action: WriteBackAction): readonly WriteBackState[] =>
  allowedWhile[action]

export const canWriteBack = (action: WriteBackAction, { state }: WriteBack): boolean =>
  writeBackStatesFor(action).includes(state)
