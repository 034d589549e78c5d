import type { writeBacks } from '#mis'
import type { Tone } from '../kit/index.ts'

export const writeBackStates: Record<writeBacks.WriteBackState, { words: string; tone: Tone }> = {
  queued: { words: 'Waits for the agent', tone: 'yellow' },
  collected: { words: 'With the agent', tone: 'blue' },
  written: { words: 'Written', tone: 'green' },
  refused: { words: 'Could not be written', tone: 'red' },
  done: { words: 'Done by hand', tone: 'green' },
  superseded: { words: 'Corrected again since', tone: 'grey' },
}

/** "Mrs Folake Adeyemi: telephone number", for a list. */
export function writeBackTitle(record: writeBacks.WriteBackRecord): string {
  if (record.kind === 'mark') return `${record.pupil.forename} ${record.pupil.surname}`
  const { title, forename, surname } = record.contact
  return [title, forename, surname].filter(Boolean).join(' ')
}
