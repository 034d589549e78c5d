import type { Id } from '#kernel'
import type { Mapping } from '../read/index.ts'

/** The name is what the school calls its export: "SIMS nightly". */
export type MappingRecord = { name: string; mapping: Mapping }

export type ImportMapping = MappingRecord & { id: Id<'mapping'> }

/** Characters of a mapping's name; a line of a form. */
export const MAX_MAPPING_NAME = 80
