/**
 * Privacy is the only capability that knows all others: it owns the manifest of everything held, from
 * which exports, retention, the purge and the record of processing are made, and the rotation of a
 * school's key, which touches every table that holds sealed data.
 */
export { manifest } from './manifest.ts'
export { resealSome, rotateKey } from './rotate.ts'
