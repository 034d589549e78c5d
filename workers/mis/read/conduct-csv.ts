import { type ConductKind, type ConductRead, MAX_CONDUCT } from '../records/conduct.ts'
import { problem } from '../records/roster.ts'
import { readCsv } from './csv.ts'
import { decode, MAX_FILE_BYTES, type Most } from './decode.ts'
import { gatherConduct, startConduct } from './gather-conduct.ts'
import { namedColumns } from './named-columns.ts'

/** Headings as `headingWords` leaves them; from memory of such exports. */
const COLUMNS = {
  upn: ['upn', 'unique pupil number'],
  'admission-number': ['adno', 'admission number', 'admission no', 'admissions number'],
  pupil: ['id', 'pupil id', 'student id', 'person id', 'mis id'],
  reference: ['incident id', 'event id', 'event record id', 'record id', 'reference'],
  kind: ['kind', 'category', 'conduct type'],
  date: ['date', 'incident date', 'event date', 'detention date'],
  type: ['type', 'event', 'event name', 'behaviour type', 'achievement type', 'detention type'],
  points: ['points', 'adjustment', 'score'],
  description: ['description', 'comment', 'comments', 'details', 'reason'],
} as const

/**
 * One pupil's incident a row. A file without a column for the kind is of one kind throughout, and whoever
 * sends it says which.
 */
export function readConductCsv(
  bytes: Uint8Array,
  kind?: ConductKind,
  most: Most = { rows: MAX_CONDUCT, bytes: MAX_FILE_BYTES },
): ConductRead {
  const decoded = decode(bytes, most.bytes)
  if (!decoded.ok) return decoded
  const gathering = startConduct()
  const columns = namedColumns(COLUMNS)
  const read = readCsv(
    decoded.text,
    ({ line, cells }, headers) => {
      const text = columns.read(headers, cells)
      gatherConduct(gathering, {
        line,
        reference: text('reference').slice(0, MAX_REFERENCE_CHARACTERS),
        pupil: columns.pupilKey(text('upn'), text('admission-number'), text('pupil')),
        kind: text('kind') || (kind ?? ''),
        date: text('date'),
        type: text('type'),
        points: text('points'),
        description: text('description'),
      })
    },
    most.rows,
  )
  if (!read.ok) return read
  const missing = columns.missing(read.headers, [
    ['UPN', ['upn', 'admission-number', 'pupil']],
    ['Date', ['date']],
    ['Type', ['type']],
    ...(kind ? [] : [['Kind', ['kind']] as const]),
  ])
  return missing ? problem('column-missing', { detail: missing }) : { ok: true, conduct: gathering }
}

const MAX_REFERENCE_CHARACTERS = 100
