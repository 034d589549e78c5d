import type { AgentId, WriteBackId } from '#kernel'
import type { WriteBackRecord } from './line.ts'

/** `done`: somebody typed it into the school's system by hand. */
export type WriteBackState = 'queued' | 'collected' | 'written' | 'refused' | 'done'

export type WriteBackKind = WriteBackRecord['kind']

/** Why an agent could not write one, in its words; they may name a file, so they are sealed. */
export type Kept = { record: WriteBackRecord; refusedBecause: string | null }

export type WriteBack = {
  id: WriteBackId
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
  acknowledge: ['collected'],
  'do-by-hand': ['queued', 'collected', 'refused'],
} satisfies Record<string, WriteBackState[]>

export type WriteBackAction = keyof typeof allowedWhile

export const writeBackStatesFor = (action: WriteBackAction): readonly WriteBackState[] =>
  allowedWhile[action]

export const canWriteBack = (action: WriteBackAction, { state }: WriteBack): boolean =>
  writeBackStatesFor(action).includes(state)
