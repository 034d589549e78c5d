/**
 * Reading a school's file: bytes in, people out. It owns the file formats and what their words mean, promises
 * that every input gets an answer that can be said to a school office, and never stores, fetches or throws for
 * bad input. What a school does not need to send is dropped here, before anything else sees it.
 */
export { inspect, readRoster, SAMPLE_ROWS } from './read-file.ts'
export type { FileKind, Inspected } from './read-file.ts'
export { checkMapping, fitMapping, headersDigest, parseMapping } from './mapping.ts'
export type { ColumnMapping, Mapping, MappingProblem } from './mapping.ts'
export {
  CONTACT_FIELDS,
  fieldParts,
  isFieldName,
  MAX_CONTACT_GROUPS,
  PUPIL_FIELDS,
} from './field.ts'
export type { ContactField, FieldName, PupilField } from './field.ts'
export { MAX_FILE_BYTES } from './decode.ts'
export { MAX_COLUMNS, MAX_LINE_CHARACTERS, MAX_ROWS } from './csv.ts'
