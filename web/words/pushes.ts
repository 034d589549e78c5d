import { isStale } from '#agents'
import type { Import, Report } from '#mis'

/** What a school sent, by the kind of data. */
export const dataWords: Record<Import['data'], string> = {
  roster: 'Pupils and contacts',
  registers: 'Registers',
  behaviour: 'Behaviour',
  achievements: 'Achievements',
  detentions: 'Detentions',
  staff: 'Staff',
  consents: 'Wishes and consents',
}

/** Why nothing of what an agent sent was used, and what to do. */
export const pushProblems: Record<NonNullable<Import['refusedBecause']>, string> = {
  'not-a-push': 'This was not sent by the agent program. Look at the program on your server.',
  'does-not-open':
    'It could not be opened with the keys of this agent: it was changed on the way, or the keys do not match. Enrol the agent again if it stays.',
  truncated: 'It was cut short on the way. The agent sends it again by itself.',
  'agent-unknown': 'The agent was revoked, or its keys are gone. Enrol it again.',
  gone: 'What was sent is not there any more. The agent sends the whole again with its next run.',
  'not-a-payload':
    'What was inside is nothing that Schoolgate knows. Update the agent program on your server.',
  'not-as-announced':
    'Inside, it says that it is other data than the agent announced. Update the agent program on your server.',
  'too-many-records':
    'There is more in it than any school has. Look at the export it was read from.',
  'too-much-at-once':
    'It changes more pupils and months than can be taken in at once. Export fewer months at a time.',
  'too-big':
    'There is more in it than can be opened at once (12 MB). Divide the export: by year groups and marked as partial, or by months.',
  'too-many-marks':
    'One pupil has more marks in one month than there are lessons. Look at the export: its column for the lesson or period may hold something else, such as the time.',
  'could-not-be-applied':
    'It was tried ten times in four hours and could not be taken in, so it was given up. Export it again in your management information system; if that does not go in either, write to our support.',
  'school-locked':
    'It came when your area was locked, so it was not opened and what was sent is destroyed.',
  'not-subscribed':
    'Nothing that you subscribe to needs these data, so they were not opened and what was sent is destroyed.',
  'wrong-count':
    'It does not have as many records as it says, so some may be missing. The agent sends it again.',
  overtaken:
    'Newer data had been applied before it could be, and this would have taken the school back to before it. If this is what you want all the same, export it again in your management information system.',
}

/** Of an export that was not made last night; undefined for one that was. */
export const ageWords = (takenAtMs: number, cameAtMs: number): string | undefined =>
  isStale(takenAtMs, cameAtMs)
    ? `This export was ${Math.round((cameAtMs - takenAtMs) / DAY_MS)} days old when it came.`
    : undefined

const DAY_MS = 86_400_000

/** The file's own name, or what it was that an agent sent. */
export const importName = ({ record, data }: Pick<Import, 'record' | 'data'>): string =>
  record.fileName === '' ? dataWords[data] : record.fileName

/**
 * What is said to be in it, and so what becomes of what is not. `mayBeAnybody`: a row that was not taken may be
 * about anybody who is missing.
 */
export function listsWords(
  { data, counts, source, isPartial }: Pick<Import, 'data' | 'counts' | 'source' | 'isPartial'>,
  { isFull, moreRejected }: Pick<Report, 'isFull' | 'moreRejected'>,
  mayBeAnybody: boolean,
): string {
  const [full, partial] = lists[data]
  if (!isFull) return source === 'browser' && !isPartial ? NOT_EVERYBODY : partial
  if (data === 'roster' || data === 'staff') {
    if (moreRejected > 0) return PEOPLE_WITH_FAULTS
    return mayBeAnybody ? PEOPLE_WITH_A_DAMAGED_RECORD : full
  }
  if (!counts?.conduct) return full
  if (!counts.conduct.isWhole) return LISTS_WITH_FAULTS
  return counts.rejected > 0
    ? `${full}, but for days with an entry of a pupil who was not found`
    : full
}

/** Not all of those rows are known, so that whoever seems to be missing may be in one of them. */
const PEOPLE_WITH_FAULTS =
  'Everybody, but so many rows could not be used that nobody who is missing is taken for a leaver: put them right, and send the data again'
const PEOPLE_WITH_A_DAMAGED_RECORD =
  'Everybody, but at least one row does not say whom it is about, so nobody who is missing is taken for a leaver: put it right, and send the data again'
const LISTS_WITH_FAULTS =
  'Everything of its days, but some of it could not be read: nothing is removed before that is put right'
const SOME_ENTRIES = 'Some entries only: whatever is not in it stays as it is'
const ALL_ENTRIES =
  'Everything from its first day to its last: entries of these days that are not in it are removed'

/** Whoever uploaded it said that it lists every pupil, and its kind does not. */
const NOT_EVERYBODY =
  'Some pupils only, though “every pupil” was chosen: a transfer or admissions file lists those who move. Everybody else stays as they are'

/** Of everybody or everything, and of some. */
const lists: Record<Import['data'], readonly [full: string, partial: string]> = {
  roster: [
    'Every pupil of the school: those who are missing are marked as left',
    'Some pupils only: everybody else stays as they are',
  ],
  staff: [
    'Everybody who works at the school: those who are missing are marked as left',
    'Some members of staff only: everybody else stays as they are',
  ],
  registers: [
    'Marks: those that are not in it stay as they are, as registers are kept for six years',
    'Marks: those that are not in it stay as they are, as registers are kept for six years',
  ],
  behaviour: [ALL_ENTRIES, SOME_ENTRIES],
  achievements: [ALL_ENTRIES, SOME_ENTRIES],
  detentions: [ALL_ENTRIES, SOME_ENTRIES],
  consents: [
    'What everybody agreed to: agreement to marketing that is not in it has ended, all else stays as it is',
    'What some people agreed to: whatever is not in it stays as it is',
  ],
}
