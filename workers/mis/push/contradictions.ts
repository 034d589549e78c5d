import { canonical } from '../compare/digest.ts'
import type { PupilKey } from '../records/roster.ts'
import { type Doubtful, type DoubtfulField, type Who, whoIs } from './doubtful.ts'
import type { Pushed } from './read-push.ts'

type Contradiction = Doubtful['contradictions']['first'][number]

/** Records of one person that cannot both be so; said twice the same it is no contradiction. */
export const contradictionsIn = (pushed: Pushed): Contradiction[] => [
  ...thereAndGone(pushed),
  ...differing(pushed.pupils, ({ key }) => namesOf(key), whoIs),
  ...differing(pushed.staff, ({ reference }) => [reference], whoIs),
  ...differing(
    pushed.marks,
    ({ pupil, date, at }) => namesOf(pupil, canonical([date, at])),
    ({ pupil }) => whoIs({ key: pupil }),
  ),
  ...differing(
    pushed.consents,
    ({ pupil, contact, about, channel }) => namesOf(pupil, canonical([contact, about, channel])),
    ({ pupil, contact }) =>
      whoIs(
        contact ? { forename: contact.forename ?? '', surname: contact.surname } : { key: pupil },
      ),
  ),
]

function thereAndGone({ pupils, leavers }: Pushed): Contradiction[] {
  if (leavers.length === 0) return []
  const there = new Map(pupils.flatMap((pupil) => namesOf(pupil.key).map((name) => [name, pupil])))
  return leavers.flatMap((key) => {
    const pupil = namesOf(key).flatMap((name) => there.get(name) ?? [])[0]
    return pupil ? [{ who: whoIs(pupil), lines: [pupil.line], fields: ['leaves' as const] }] : []
  })
}

function differing<Said extends { line: number }>(
  all: readonly Said[],
  names: (one: Said) => string[],
  who: (one: Said) => Who,
): Contradiction[] {
  const saidOf = new Map<string, Said>()
  return all.flatMap((one) => {
    const before = names(one).flatMap((name) => {
      const other = saidOf.get(name)
      saidOf.set(name, one)
      return other ?? []
    })
    for (const other of before) {
      const fields = fieldsThatDiffer(other, one)
      if (fields.length > 0) return [{ who: who(one), lines: [other.line, one.line], fields }]
    }
    return []
  })
}

function fieldsThatDiffer(one: object, other: object): DoubtfulField[] {
  const [before, after] = [new Map(Object.entries(one)), new Map(Object.entries(other))]
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (field): field is DoubtfulField =>
      field !== 'line' && said(before.get(field)) !== said(after.get(field)),
  )
}

/** Where it stands, a contact of a pupil too, is nothing that it says. */
const said = (value: unknown): string =>
  canonical(JSON.parse(JSON.stringify(value ?? null, (key, each) => (key === 'line' ? 0 : each))))

const namesOf = ({ upn, admissionNumber, reference }: PupilKey, ...more: string[]): string[] =>
  [
    ['upn', upn],
    ['admission', admissionNumber],
    ['reference', reference],
  ].flatMap(([kind, number]) => (number ? [[kind, number, ...more].join(' ')] : []))
