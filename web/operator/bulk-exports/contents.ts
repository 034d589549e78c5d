import * as access from '#access'
import * as audit from '#audit'
import type { Directory, School } from '#shards'
import { csvLines, csvText } from '../../csv-text.ts'
import { roleNames } from '../../words/roles.ts'

/** Entries read at a time, so that a long trail is never in memory whole. */
const PAGE = 1_000
/** Beyond so many pages the file says that there is more. */
const MAX_PAGES = 1_000

/** The lines of an export, as a stream. */
export const contentsOf = (
  directory: Directory,
  customer: School,
  what: access.BulkExportKind,
): ReadableStream<Uint8Array> =>
  streamOf(what === 'users' ? users(directory, customer) : trail(customer))

async function* users(directory: Directory, customer: School): AsyncGenerator<string> {
  const all = await access.list(directory, customer)
  const head = [
    'Id',
    'Name',
    'E-mail',
    'Role',
    'Grants',
    'Years',
    'State',
    'Since',
    'Last signed in',
  ]
  const rows = all.map((user) => [
    user.id,
    user.name,
    user.email,
    roleNames[user.role],
    user.grants.join(' '),
    user.yearGroups?.join(', ') ?? 'all',
    user.state,
    at(user.createdAtMs),
    user.lastSignInAtMs === null ? '' : at(user.lastSignInAtMs),
  ])
  yield csvText([head, ...rows])
}

async function* trail(customer: School): AsyncGenerator<string> {
  yield csvText([
    ['When', 'Who (kind)', 'Who', 'What', 'To what', 'From where', 'Facts', 'Place', 'Entry'],
  ])
  let before: string | undefined
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const entries = await audit.list(customer, { limit: PAGE, ...(before && { before }) })
    yield csvLines(
      entries.map((entry) => [
        at(entry.atMs),
        entry.actorKind,
        entry.actorId,
        entry.action,
        entry.subject,
        entry.fromWhere ?? '',
        JSON.stringify(entry.facts),
        String(entry.position ?? ''),
        entry.id,
      ]),
    )
    before = entries.at(-1)?.id
    if (entries.length < PAGE || before === undefined) return
  }
  yield csvLines([[`Earlier entries than ${before} are left out: a file has a million at most`]])
}

const at = (ms: number): string => new Date(ms).toISOString()

function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    pull: async (to) => {
      const { done, value } = await lines.next()
      if (done) to.close()
      else to.enqueue(encoder.encode(value))
    },
  })
}
