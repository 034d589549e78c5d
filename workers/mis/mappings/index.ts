/** What the columns of a school's CSV files mean, kept so that each kind of file is matched once. */
export { beginMapping as begin, type HeadingsProblem, readHeadings } from './begin.ts'
export { remove } from './remove.ts'
export { save } from './save.ts'
export { find, list, type SavedMapping } from './store.ts'
