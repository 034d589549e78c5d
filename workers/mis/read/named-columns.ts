import type { PupilKey } from '../records/roster.ts'
import { headingWords } from './heading.ts'
import { readUpn } from './upn.ts'

export type NamedColumns<Name extends string> = {
  /** Reads a row's cells by the names of their columns; empty where the file has no such column. */
  read: (headers: string[], cells: string[]) => (name: Name) => string
  /** The first of the needed columns of which no alternative is there, by what to call it. */
  missing: (
    headers: string[],
    needed: readonly (readonly [shown: string, alternatives: readonly Name[]])[],
  ) => string | undefined
  pupilKey: (upn: string, admissionNumber: string, reference: string) => PupilKey
}

/**
 * Columns of a CSV that has no mapping, found by what they may be called. Headings are looked at once, as
 * they are the same for every row.
 */
export function namedColumns<Name extends string>(
  names: Readonly<Record<Name, readonly string[]>>,
): NamedColumns<Name> {
  let found: ReadonlyMap<string, number> | undefined
  const places = (headers: string[]) => (found ??= placesOf(headers, names))
  return {
    read: (headers, cells) => {
      const at = places(headers)
      return (name) => cells[at.get(name) ?? -1] ?? ''
    },
    missing: (headers, needed) => {
      const at = places(headers)
      return needed.find(([, names]) => !names.some((name) => at.has(name)))?.[0]
    },
    pupilKey,
  }
}

function placesOf(
  headers: string[],
  names: Readonly<Record<string, readonly string[]>>,
): ReadonlyMap<string, number> {
  const words = headers.map(headingWords)
  const found = new Map<string, number>()
  for (const [name, synonyms] of Object.entries(names)) {
    const at = words.findIndex((each) => synonyms.includes(each))
    if (at >= 0) found.set(name, at)
  }
  return found
}

const MAX_NUMBER_CHARACTERS = 100

/** A UPN that does not hold is nobody's; another number may still say who it is. */
function pupilKey(upn: string, admissionNumber: string, reference: string): PupilKey {
  const read = readUpn(upn)
  return {
    upn: read.ok ? read.value : null,
    admissionNumber: admissionNumber.slice(0, MAX_NUMBER_CHARACTERS) || null,
    reference: reference.slice(0, MAX_NUMBER_CHARACTERS) || null,
  }
}
