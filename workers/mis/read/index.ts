/**
 * Reading a school's file: bytes in, people out. It owns the file formats and what their words mean, promises
 * that every input gets an answer that can be said to a school office, and never stores, fetches or throws for
 * bad input. What a school does not need to send is dropped here, before anything else sees it.
 */
export { inspect, isData, readRoster, SAMPLE_ROWS } from './read-file.ts'
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
export { findKind, readExport } from './read-export.ts'
export type { ExportFound, ExportKind } from './read-export.ts'
export { isOneRosterFile } from './one-roster-tables.ts'
export { readOneRoster } from './one-roster.ts'
export type { RosterRead } from './rows-to-roster.ts'
export { mappingBy, suitedTemplate, TEMPLATES } from './templates.ts'
export type { Supplier, Template } from './templates.ts'
export { readJson } from './json.ts'
export { readMarksCsv } from './marks-csv.ts'
export { readWondeMarks } from './marks-wonde.ts'
export { readXporterMarks } from './marks-xporter.ts'
export { readConductCsv } from './conduct-csv.ts'
export { readXporterConduct } from './conduct-xporter.ts'
