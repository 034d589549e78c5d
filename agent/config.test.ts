import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { readConfig } from './config.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agent-'))
})

async function read(content: unknown) {
  const path = join(folder, 'schoolgate-agent.json')
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return readConfig(path)
}

const source = { kind: 'sims-csv', folder: 'exports', match: 'pupils*.csv' }
const feed = { name: 'pupils', data: 'roster', source }

test('a short configuration is filled up, its paths taken from where it is', async () => {
  expect(await read({ feeds: [feed] })).toEqual({
    ok: true,
    config: {
      state: join(folder, 'state'),
      feeds: [
        {
          ...feed,
          scope: 'full',
          source: { ...source, folder: join(folder, 'exports') },
          schedule: { at: ['02:15'] },
        },
      ],
    },
  })
})

test('a list of people is whole if nothing is said, and one of marks never', async () => {
  const marks = { name: 'marks', data: 'registers', source: { kind: 'csv', path: 'marks.csv' } }
  const found = await read({ feeds: [feed, marks, { ...feed, name: 'some', scope: 'partial' }] })
  expect(found.ok && found.config.feeds.map(({ scope }) => scope)).toEqual([
    'full',
    'partial',
    'partial',
  ])
})

test('the mark that Windows editors put first does no harm', async () => {
  expect((await read(`\uFEFF${JSON.stringify({ feeds: [feed] })}`)).ok).toBe(true)
})

const faultsOf = async (content: unknown): Promise<string> => {
  const found = await read(content)
  return found.ok ? '' : found.faults.join('\n')
}

test('each fault says where it is', async () => {
  expect(await faultsOf('{"feeds": [')).toMatch(/is not JSON/)
  expect(await faultsOf({ feeds: [] })).toMatch(/^feeds:/)
  expect(await faultsOf({ feeds: [feed, feed] })).toMatch(
    /feeds: expected feeds with names of their own/,
  )
  expect(await faultsOf({ feeds: [feed], prxy: 'http://proxy:8080' })).toMatch(/prxy/)
  expect(await faultsOf({ feeds: [{ ...feed, schedule: { at: ['25:00'] } }] })).toMatch(
    /feeds\.0\.schedule/,
  )
  expect(await faultsOf({ feeds: [{ ...feed, source: { kind: 'sims' } }] })).toMatch(
    /feeds\.0\.source/,
  )
  expect(await faultsOf({ feeds: [{ ...feed, source: { kind: 'ctf' } }] })).toMatch(
    /exactly one of path, folder and url/,
  )
  expect(
    await faultsOf({ feeds: [{ ...feed, source: { kind: 'ctf', path: 'a', folder: 'b' } }] }),
  ).toMatch(/exactly one of/)
})

test('a school’s system is asked over HTTPS only, with a token from a file', async () => {
  const asking = (url: string, rest = {}) => ({
    feeds: [{ ...feed, source: { kind: 'wonde', url, ...rest } }],
  })
  const token = { tokenFile: 'wonde.token' }
  expect(await faultsOf(asking('https://api.wonde.example/v1.0/schools/A1/', token))).toBe('')
  expect(await faultsOf(asking('https://api.wonde.example/v1.0/schools/A1/'))).toMatch(/tokenFile/)
  expect(await faultsOf(asking('http://api.wonde.example/', token))).toMatch(/https:\/\//)
  expect(await faultsOf(asking('https://me:secret@api.wonde.example/', token))).toMatch(/password/)
})

test('a feed whose source holds no such data is refused before it runs', async () => {
  const from = (data: string, kind: string) => ({
    feeds: [{ name: 'feed', data, source: { kind, path: 'file' } }],
  })
  expect(await faultsOf(from('staff', 'ctf'))).toMatch(/feeds\.0: expected data that a source/)
  expect(await faultsOf(from('detentions', 'xporter'))).toMatch(/expected data/)
  expect(await faultsOf(from('detentions', 'csv'))).toBe('')
})

test('a mapping is checked', async () => {
  const csv = (mapping: unknown) => ({
    feeds: [{ ...feed, source: { kind: 'csv', path: 'pupils.csv', mapping } }],
  })
  const columns = [{ header: 'Surname', field: 'pupil.surname' }]
  expect(await faultsOf(csv({ columns }))).toBe('')
  expect(
    await faultsOf(csv({ columns: [{ header: 'Surname', field: 'pupil.shoe-size' }] })),
  ).toMatch(/downloaded from Schoolgate/)
})

test('a mapping stands in a file of its own, as it was downloaded', async () => {
  const csv = { ...feed, source: { kind: 'csv', path: 'pupils.csv', mapping: 'a.mapping.json' } }
  expect(await faultsOf({ feeds: [csv] })).toMatch(/^feeds\.0\.source\.mapping: expected the name/)
  await writeFile(join(folder, 'a.mapping.json'), '{"columns": [{')
  expect(await faultsOf({ feeds: [csv] })).toMatch(/downloaded from Schoolgate/)
  const mapping = { columns: [{ header: 'Surname', field: 'pupil.surname' }] }
  await writeFile(join(folder, 'a.mapping.json'), `\uFEFF${JSON.stringify(mapping)}`)
  const found = await read({ feeds: [csv] })
  expect(found.ok && found.config.feeds[0]?.source).toMatchObject({ mapping })
})
