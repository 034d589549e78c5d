import type { TrailEntry } from '#audit'
import type { SchoolVisit } from '../../route.ts'
import { sentenceFor } from '../../words/trail.ts'
import { factLines } from '../../words/trail-facts.ts'
import { type Named, namesFor } from './named.ts'
import { type Who, whoDid } from './who.ts'

/** An entry of the trail, as people read it. */
export type Line = {
  entry: TrailEntry
  who: Who
  what: string
  details: string[]
  about: Named | undefined
  /** "GB, network 3fa94c1b"; empty where a machine did it. */
  place: string
}

export async function linesOf(visit: SchoolVisit, entries: readonly TrailEntry[]): Promise<Line[]> {
  const mentioned = entries.flatMap(({ facts }) =>
    Object.values(facts).filter((value) => typeof value === 'string'),
  )
  const [who, nameOf] = await Promise.all([
    whoDid(visit.directory, visit.school, entries),
    namesFor(visit, [...entries.map(({ subject }) => subject), ...mentioned]),
  ])
  return entries.map((entry) => ({
    entry,
    who: who(entry),
    what: sentenceFor(entry.action),
    details: factLines(entry.facts, (id) => nameOf(id)?.name),
    about: nameOf(entry.subject),
    place: entry.fromWhere ? placeWords(entry.fromWhere) : '',
  }))
}

/** `GB-3fa94c1b` as "GB, network 3fa94c1b"; where the country is not known, the network alone. */
export function placeWords(from: string): string {
  const [country, network] = [from.slice(0, 2), from.slice(3)]
  return country === 'XX' ? `Network ${network}` : `${country}, network ${network}`
}
