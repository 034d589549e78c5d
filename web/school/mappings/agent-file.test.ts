import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '../../../agent/config.ts'
import { readPeople } from '../../../agent/read-people.ts'
import { inspect, readRoster } from '#workers/mis/read/index.ts'
import { SAMPLE_CSV } from '#workers/mis/sample.ts'
import { fileNameOf, textForAgent } from './agent-file.tsx'

const bytes = new TextEncoder().encode(SAMPLE_CSV)

test('the agent reads a file by the downloaded mapping as Schoolgate does', async () => {
  const found = inspect(bytes, 'pupils.csv')
  if (!found.ok || found.kind !== 'csv') throw new Error('the sample is no CSV')
  const mapping = {
    columns: found.suggested.columns.map((column) =>
      // Not what the headings suggest: so that only the mapping can say it.
      column.field === 'pupil.forename'
        ? { ...column, field: 'pupil.preferred-forename' as const }
        : column.field === 'pupil.preferred-forename'
          ? { ...column, field: 'pupil.forename' as const }
          : column,
    ),
  }
  const folder = await mkdtemp(join(tmpdir(), 'agent-'))
  const file = fileNameOf('SIMS nightly')
  await writeFile(join(folder, file), textForAgent(mapping))
  const source = { kind: 'csv', path: 'pupils.csv', mapping: file }
  const feeds = [{ name: 'pupils', data: 'roster', source }]
  await writeFile(join(folder, 'schoolgate-agent.json'), JSON.stringify({ feeds }))

  const read = await readConfig(join(folder, 'schoolgate-agent.json'))
  if (!read.ok) throw new Error(read.faults.join('\n'))
  const [feed] = read.config.feeds
  const taken = feed && readPeople(feed.source, { kind: 'bytes', bytes })
  const here = readRoster(bytes, 'csv', mapping)
  if (!here.ok || !taken?.ok) throw new Error('one end does not read it')
  expect(here.roster.pupils.length).toBeGreaterThan(0)
  expect(taken.roster.pupils).toEqual(here.roster.pupils)
  expect(taken.roster.rejected).toEqual(here.roster.rejected)
})

test.each([
  ['SIMS nightly', 'sims-nightly.mapping.json'],
  ['../../état “full”\r\n', 'e-tat-full.mapping.json'],
  ['…', 'columns.mapping.json'],
])('the file of %s is called %s', (name, file) => {
  expect(fileNameOf(name)).toBe(file)
})
