import manifest from '../dist/manifest.json' with { type: 'json' }
import type { Assets } from './kit/index.ts'

/** The built files' names, which carry a hash of what is in them. `npm start` and the tests build them. */
export const assets: Assets = manifest
