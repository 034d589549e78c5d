import { readFile } from 'node:fs/promises'
import { type JsonRecord, isRecord, readJson } from '../workers/mis/read/json.ts'
import { ask, type Network } from './ask.ts'
import { isPassing, pauseMs, retryAfterMs } from './back-off.ts'
import type { CollectProblem } from './collect.ts'
import { isLockedDown } from './lock-down.ts'
import { setTimeout as pause } from 'node:timers/promises'

export type Asked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: CollectProblem; readonly detail?: string }

export type Api = { readonly authorization: string; readonly network: Network }

/** The largest school has 60 pages of 50 pupils; a link that leads in a circle has no end. */
const MAX_PAGES = 2_000
const MAX_PAGE_BYTES = 20_000_000
const TRIES = 4

/** The token of an aggregator opens a whole school's data, so a file that others can read is refused. */
export async function readToken(path: string | undefined): Promise<Asked<string>> {
  const text = path === undefined ? undefined : await readFile(path, 'utf8').catch(() => undefined)
  if (path === undefined || text === undefined) {
    return { ok: false, reason: 'no-file', detail: 'token' }
  }
  if (!(await isLockedDown(path))) return { ok: false, reason: 'token-not-private' }
  return { ok: true, value: text.trim() }
}

/**
 * All pages of a list. `next` finds the following one in an answer; an address of another host is not
 * followed, as the token would go there.
 */
export async function askPages(
  api: Api,
  first: URL,
  next: (page: JsonRecord, asked: URL) => URL | undefined,
): Promise<Asked<JsonRecord[]>> {
  const pages: JsonRecord[] = []
  const seen = new Set<string>()
  for (let url: URL | undefined = first; url;) {
    if (url.origin !== first.origin || seen.has(url.href) || pages.length >= MAX_PAGES) {
      return { ok: false, reason: 'source-answers-nonsense', detail: 'next-page' }
    }
    seen.add(url.href)
    const page = await askPage(api, url)
    if (!page.ok) return page
    pages.push(page.value)
    url = next(page.value, url)
  }
  return { ok: true, value: pages }
}

async function askPage({ authorization, network }: Api, url: URL): Promise<Asked<JsonRecord>> {
  const headers = { authorization, accept: 'application/json' }
  let detail = ''
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const answer = await ask({ method: 'GET', url, headers, maxBytes: MAX_PAGE_BYTES }, network)
    if (answer.ok && answer.status === 200) return pageOf(answer.text)
    detail = answer.ok ? String(answer.status) : answer.code
    if (answer.ok && !isPassing(answer.status))
      return { ok: false, reason: 'source-refused', detail }
    const asked = answer.ok ? retryAfterMs(answer.headers['retry-after'], Date.now()) : 0
    if (attempt + 1 < TRIES) await pause(pauseMs(attempt, asked))
  }
  return { ok: false, reason: 'source-unreachable', detail }
}

function pageOf(text: string): Asked<JsonRecord> {
  const read = readJson(text)
  if (read.ok && isRecord(read.value)) return { ok: true, value: read.value }
  return { ok: false, reason: 'source-answers-nonsense', detail: 'not-json' }
}
