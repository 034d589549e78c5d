import { sql } from 'drizzle-orm'

/**
 * Open parcels are few and have an index of their own (`parcels_open`); SQLite uses it only where a
 * query says the index's own condition word for word (sqlite.org/partialindex.html §3).
 */
export const isOpen = sql.raw(`state in ('created', 'queued', 'sending', 'uncertain')`)
