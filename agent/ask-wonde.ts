import { londonDay } from '../workers/kernel/london.ts'
import type { PushKind } from '../workers/mis/push/wire.ts'
import { isRecord, textOf } from '../workers/mis/read/json.ts'
import type { JsonRecord } from '../workers/mis/read/json.ts'
import type { Network } from './ask.ts'
import { type Api, type Asked, askPages, readToken } from './ask-pages.ts'

type From = { readonly url?: string | undefined; readonly tokenFile?: string | undefined }

/** What is asked of Wonde for a pupil, and nothing beyond: no ethnicity, no addresses, no photographs. */
const STUDENT =
  'education_details,year,registration,house,classes,groups,contact_details,contacts,contacts.contact_details'
const EMPLOYEE = 'contact_details,employment_details'
const PER_PAGE = '200'

/**
 * The lists that a feed needs of `https://api.wonde.com/v1.0/schools/<id>/`, in the form that the readers
 * take. Students and employees are whole lists; marks are those of today, by London's calendar.
 */
export async function askWonde(
  from: From,
  data: PushKind,
  network: Network,
  nowMs: number,
): Promise<Asked<unknown>> {
  const token = await readToken(from.tokenFile)
  if (!token.ok) return token
  const api: Api = { authorization: `Bearer ${token.value}`, network }
  const school = new URL(`${from.url ?? ''}`.replace(/\/?$/, '/'))
  const list = (path: string, query: Record<string, string>) => {
    const url = new URL(path, school)
    url.search = new URLSearchParams({ ...query, per_page: PER_PAGE }).toString()
    return askPages(api, url, nextOf)
  }
  if (data === 'registers') {
    const day = londonDay(nowMs)
    const include = 'student,attendance_code'
    return list('attendance/session', {
      include,
      attendance_date_after: day,
      attendance_date_before: day,
    })
  }
  const students = await list('students', { include: STUDENT })
  if (!students.ok) return students
  const employees = await list('employees', { include: EMPLOYEE })
  if (!employees.ok) return employees
  const about = await askPages(api, school, () => undefined)
  if (!about.ok) return about
  const found = {
    students: students.value,
    employees: employees.value,
    school: about.value[0]?.['data'],
  }
  return { ok: true, value: found }
}

/** `meta.pagination.next`; an answer that fits on one page has no pagination at all. */
function nextOf(page: JsonRecord, asked: URL): URL | undefined {
  const meta = page['meta']
  const pagination = isRecord(meta) ? meta['pagination'] : undefined
  const next = isRecord(pagination) ? textOf(pagination['next']) : ''
  return next !== '' && URL.canParse(next, asked) ? new URL(next, asked) : undefined
}
