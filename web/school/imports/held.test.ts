import { describe, expect, test } from 'vitest'
import * as mis from '#mis'
import { approvalWords, type Held, heldWords } from '../../words/held-imports.ts'
import { heldFacts, reasonsOf } from './held.ts'
import type { ImportFacts } from './import-facts.ts'

/** Mr Pym reads why last night’s export waits, and has to know from it what to do. */
type Told = Partial<Pick<mis.Import, 'counts' | 'feed' | 'heldBecause'>> & {
  record?: Partial<mis.Import['record']>
}

const facts = ({ record, ...told }: Told): ImportFacts => {
  const imported = {
    counts: mis.noCounts(),
    feed: null,
    heldBecause: null,
    ...told,
    record: { fileName: '', school: null, dfeNumber: null, ourName: 'St Botolph’s', ...record },
  }
  return { imported, report: undefined, pupilsOnRoll: 0 } as unknown as ImportFacts
}

const leaving = (of: number, here: number, feed: string | null = null): Held => {
  const counts = mis.noCounts()
  counts.pupils = { ...counts.pupils, leaving: of, here }
  return heldFacts(facts({ counts, feed }))
}

describe('many pupils would leave', () => {
  const says = (held: Held) => heldWords['removes-many-pupils'](held)

  test('it says of how many, as it was when it was compared', () => {
    expect(says(leaving(312, 1_500))).toContain('312 of 1,500 pupils are missing from this data')
    expect(says(leaving(1, 3))).toContain('1 of 3 pupils is missing from this data')
    expect(approvalWords['removes-many-pupils'](leaving(1, 3))).toContain('1 pupil has left')
  })

  test('a file is uploaded again as some pupils; a feed is set to partial, by its name', () => {
    expect(says(leaving(2, 3))).toContain('upload it again as a file of some pupils')
    expect(says(leaving(2, 3))).not.toContain('agent')
    const ofAgent = says(leaving(2, 3, 'nightly'))
    expect(ofAgent).toContain('set the scope of the feed “nightly” to “partial”')
    expect(ofAgent).toContain('in the agent’s configuration')
    expect(ofAgent).not.toContain('upload')
  })
})

describe('another school’s data', () => {
  const says = (record: Told['record']) =>
    heldWords['another-school'](heldFacts(facts(record ? { record } : {})))
  const named = (name: string) => ({ laCode: null, establishment: null, name })

  test('says which name it has, which is ours, and what an approval means', () => {
    const told = says({ school: named('Ashfield School') })
    expect(told).toContain('it is of “Ashfield School”')
    expect(told).toContain('Your school is “St Botolph’s” in Schoolgate')
    expect(told).toContain('If these are one school, approve it: you are not asked again')
    expect(told).toContain('If not, discard it')
    expect(told).not.toContain('last import')
  })

  test('says the name of the last import too, where that had another', () => {
    const knownName = { name: 'Botolph Academy', from: 'imp_1' as never }
    const told = says({ school: named('Ashfield School'), knownName })
    expect(told).toContain('and “Botolph Academy” in the last import that named it')
  })

  test('says the number where there is no name, and of two numbers that both are on the page', () => {
    const school = { laCode: '933', establishment: '4013', name: null }
    expect(says({ school })).toContain('the school with the number 933/4013')
    const known = { laCode: '933', establishment: '4012', from: 'entered' as const }
    expect(says({ school, known })).toContain('Both numbers are on this page')
  })
})

test('whoever approves one reason is told all of them', () => {
  const counts = mis.noCounts()
  counts.pupils = { ...counts.pupils, leaving: 2, here: 3 }
  const record = { school: { laCode: null, establishment: null, name: 'Ashfield School' } }
  const held = facts({ counts, heldBecause: 'another-school', record })
  expect(reasonsOf(held)).toEqual(['another-school', 'removes-many-pupils'])
})
