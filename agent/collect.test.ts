import { chmod, mkdir, mkdtemp, utimes, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Collected, collect, matches } from './collect.ts'
import type { Feed, Source } from './config.ts'
import { readFeed } from './read-feed.ts'

let folder: string
let server: Server | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agent-'))
})
afterEach(() => server?.close())

const NOW = Date.parse('2026-11-23T10:00:00Z')

const feedOf = (source: Source, data: Feed['data'] = 'roster'): Feed => ({
  name: 'pupils',
  data,
  scope: 'full',
  source,
  schedule: { at: ['02:15'] },
})

const textIn = (taken: Collected): string =>
  taken.ok && taken.export.kind === 'bytes' ? new TextDecoder().decode(taken.export.bytes) : ''

async function put(name: string, content: string, at: string): Promise<void> {
  const path = join(folder, name)
  await writeFile(path, content)
  await utimes(path, new Date(at), new Date(at))
}

test('of the files that match the newest is read, with its time', async () => {
  await put('pupils-1.csv', 'old', '2026-11-21T02:00:00Z')
  await put('Pupils-2.CSV', 'new', '2026-11-22T02:00:00Z')
  await put('staff.csv', 'another', '2026-11-23T02:00:00Z')
  await mkdir(join(folder, 'pupils-3.csv'))
  const taken = await collect(feedOf({ kind: 'csv', folder, match: 'pupils*.csv' }), {}, NOW)
  expect(textIn(taken)).toBe('new')
  expect(taken).toMatchObject({ takenAtMs: Date.parse('2026-11-22T02:00:00Z') })
})

test('names are matched without regard to capitals, and a pattern of many stars takes no time', () => {
  expect(matches('Pupils 2026.CSV', 'pupils*.csv')).toBe(true)
  expect(matches('pupils.csv', 'pupils.csv')).toBe(true)
  expect(matches('pupils.csv.tmp', 'pupils*.csv')).toBe(false)
  expect(matches('ab', 'ab*b')).toBe(false)
  expect(matches('aXbYc', 'a*b*c')).toBe(true)
  expect(matches('a'.repeat(200), `${'*a'.repeat(40)}*b`)).toBe(false)
})

async function api(answer: (url: URL, authorization: string) => unknown): Promise<string> {
  const running = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://here')
    const found = answer(url, request.headers.authorization ?? '')
    response.writeHead(found === undefined ? 403 : 200).end(JSON.stringify(found))
  })
  server = running
  await new Promise<void>((resolve) => running.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(running.address() as AddressInfo).port}`
}

async function token(): Promise<string> {
  const path = join(folder, 'token')
  await writeFile(path, 'a-token\n')
  await chmod(path, 0o600)
  return path
}

const student = (id: number, surname: string) => ({
  id: `w${id}`,
  mis_id: `m${id}`,
  surname,
  forename: 'Amara',
  date_of_birth: { date: '2016-03-15 00:00:00.000000', timezone_type: 3, timezone: 'UTC' },
})

test('Wonde is asked for page after page, and a link to another host is not followed', async () => {
  const asked: string[] = []
  const url = await api(({ pathname, searchParams }, authorization) => {
    asked.push(`${pathname} ${searchParams.get('page') ?? 1} ${authorization}`)
    if (pathname.endsWith('/students')) {
      const isFirst = !searchParams.has('page')
      const data = isFirst ? [student(1, 'Adeyemi')] : [student(2, 'Marsh')]
      const pagination = isFirst
        ? { next: `${url}/schools/A1/students?page=2`, current_page: 1, more: true }
        : { next: null, current_page: 2, more: false }
      return { data, meta: { pagination } }
    }
    if (pathname.endsWith('/employees')) return { data: [] }
    return { data: { la_code: '895', establishment_number: '2001', name: 'St Botolph’s' } }
  })
  const feed = feedOf({ kind: 'wonde', url: `${url}/schools/A1`, tokenFile: await token() })
  const taken = await collect(feed, {}, NOW)
  const read = taken.ok && readFeed(feed, taken.export)
  expect(read).toMatchObject({ ok: true, batch: { about: { scope: 'full', source: 'wonde' } } })
  expect(read && read.ok && read.batch.records.length).toBe(2)
  expect(asked.slice(0, 2)).toEqual([
    '/schools/A1/students 1 Bearer a-token',
    '/schools/A1/students 2 Bearer a-token',
  ])

  server?.close()
  const away = await api(() => ({
    data: [student(1, 'Adeyemi')],
    meta: { pagination: { next: 'https://elsewhere.example/students?page=2' } },
  }))
  const led = await collect(
    feedOf({ kind: 'wonde', url: `${away}/schools/A1`, tokenFile: await token() }),
    {},
    NOW,
  )
  expect(led).toEqual({ ok: false, reason: 'source-answers-nonsense', detail: 'next-page' })
})

test('Xporter is asked for each list with its pages, today’s registers by London’s day', async () => {
  const asked: string[] = []
  const url = await api(({ pathname, search }, authorization) => {
    asked.push(`${pathname}${search}`)
    if (authorization !== 'Idaas a-token') return undefined
    const mark = (id: string) => ({
      StudentId: id,
      Date: '2026-11-23',
      Session: 'AM',
      Type: 'S',
      Mark: 'N',
    })
    const isFirst = !search.includes('page=2')
    return {
      AttendanceForDate: [mark(isFirst ? '1' : '2')],
      __pagination__: [
        { PageNumber: isFirst ? 1 : 2, PageCount: 2, NextPage: isFirst ? '?page=2' : null },
      ],
    }
  })
  const source = {
    kind: 'xporter',
    url: `${url}/School/8952001/`,
    tokenFile: await token(),
  } as const
  const feed = feedOf(source, 'registers')
  const taken = await collect(feed, {}, NOW)
  const read = taken.ok && readFeed(feed, taken.export)
  expect(read && read.ok && read.batch.records.map((record) => 'mark' in record)).toEqual([
    true,
    true,
  ])
  expect(asked[0]).toBe('/School/8952001/AttendanceForDate/?date=2026-11-23&options=excludeNoMarks')
  expect(asked[1]).toContain('page=2')
})

test('a token that others can read, or that is refused, gets nothing', async () => {
  const url = await api(() => undefined)
  const tokenFile = await token()
  const feed = feedOf({ kind: 'wonde', url, tokenFile })
  expect(await collect(feed, {}, NOW)).toEqual({
    ok: false,
    reason: 'source-refused',
    detail: '403',
  })
  await chmod(tokenFile, 0o644)
  expect(await collect(feed, {}, NOW)).toEqual({ ok: false, reason: 'token-not-private' })
})
