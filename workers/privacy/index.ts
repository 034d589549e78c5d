/**
 * Privacy is the only capability that knows all others: it owns the manifest of everything held, from
 * which exports, retention, the purge and the record of processing are made.
 */
export { manifest } from './manifest.ts'
