import { MAX_FILE_BYTES } from '../workers/mis/read/decode.ts'
import { MAX_PEOPLE } from '../workers/mis/records/roster.ts'
import { numbers } from './worker/numbers.ts'

const HEADINGS = [
  'UPN,Admission Number,Surname,Forename,Preferred Forename,Date of Birth,Gender,Year Group,Registration Group',
  ...[1, 2, 3].map((at) =>
    ['Title', 'Forename', 'Surname', 'Relationship', 'Parental Responsibility', 'Mobile', 'Email']
      .map((word) => `Contact ${at} ${word}`)
      .join(','),
  ),
  'Notes',
].join(',')

/** Pupils with three contacts each, as many as are taken, and beside them a column that nobody needs, up to its size. */
export function largestCsv(rows = MAX_PEOPLE / 4): Blob {
  const lines = [HEADINGS]
  let bytes = HEADINGS.length + 2
  for (let at = 0; at < rows; at++) {
    const line = lineAt(at)
    bytes += line.length + 2
    if (bytes > MAX_FILE_BYTES) break
    lines.push(line)
  }
  return new Blob([lines.join('\r\n')])
}

const NOTES = 'Seen at the gate. '.repeat(150)

function lineAt(at: number): string {
  const year = 1 + (at % 6)
  const contact = (place: number) => [
    ...['Mrs', `Parentname${place}of${at}`, `Longersurname${at}`, 'Grandmother', 'Yes'],
    ...[numbers[(at * 3 + place) % numbers.length], `parent.${place}.of.${at}@school.example.org`],
  ]
  return [
    ...['', `B${String(at).padStart(6, '0')}`, `Longersurname${at}`, `Forename${at % 97}`, ''],
    ...[`1${at % 10}/0${1 + (at % 9)}/${2021 - year}`, at % 2 === 0 ? 'F' : 'M', `Year ${year}`],
    ...[`${year}A`, ...contact(1), ...contact(2), ...contact(3), NOTES],
  ].join(',')
}
