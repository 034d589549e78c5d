import { londonDay } from '../workers/kernel/london.ts'
import type { PushKind } from '../workers/mis/push/wire.ts'
import { recordsOf, textOf } from '../workers/mis/read/json.ts'
import type { JsonRecord } from '../workers/mis/read/json.ts'
import type { Network } from './ask.ts'
import { type Api, type Asked, askPages, readToken } from './ask-pages.ts'

type From = { readonly url?: string | undefined; readonly tokenFile?: string | undefined }

/** Conduct of so many days back is asked for each time: what was written down late comes with it. */
const CONDUCT_DAYS = 14
const DAY_MS = 86_400_000

/**
 * The answers that a feed needs of `https://xporter.groupcall.com/api/v1/School/<estab>/`, a page each, in the
 * form that the readers take. Endpoints and options are those of Xporter's own data dictionary.
 */
export async function askXporter(
  from: From,
  data: PushKind,
  network: Network,
  nowMs: number,
): Promise<Asked<unknown>> {
  const token = await readToken(from.tokenFile)
  if (!token.ok) return token
  const api: Api = { authorization: `Idaas ${token.value}`, network }
  const school = new URL(`${from.url ?? ''}`.replace(/\/?$/, '/'))
  const answers: JsonRecord[] = []
  for (const path of pathsOf(data, nowMs)) {
    const pages = await askPages(api, new URL(path, school), nextOf)
    if (!pages.ok) return pages
    answers.push(...pages.value)
  }
  return { ok: true, value: answers }
}

function pathsOf(data: PushKind, nowMs: number): string[] {
  const today = londonDay(nowMs)
  const range = `?DateFrom=${londonDay(nowMs - CONDUCT_DAYS * DAY_MS)}&DateTo=${today}`
  switch (data) {
    case 'registers':
      return [`AttendanceForDate/?date=${today}&options=excludeNoMarks`]
    case 'behaviour':
      return [`BehaviourForDateRange/${range}`]
    case 'achievements':
      return [`AchievementForDateRange/${range}`]
    default:
      return [
        'SchoolInfo',
        'Students/',
        'Contacts/',
        'StudentContacts/',
        'PersonComms/',
        'Groups/?options=includeStudentMembers',
        'Staff/',
      ]
  }
}

/** `__pagination__[0].NextPage` is a query to put after the same path: `?page=2&pageSize=2`. */
function nextOf(page: JsonRecord, asked: URL): URL | undefined {
  const [pagination] = recordsOf(page['__pagination__'])
  const next = textOf(pagination?.['NextPage'])
  if (!next.startsWith('?')) return undefined
  const url = new URL(asked)
  for (const [name, value] of new URLSearchParams(next)) url.searchParams.set(name, value)
  return url
}
