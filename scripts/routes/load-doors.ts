import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import type * as may from '../../web/may.ts'
import type { Route } from '../../web/route.ts'
import type * as words from '../../web/words/roles.ts'
import { root } from '../places.ts'

/** The route table and the rules, as the Worker has them. */
export type Doors = {
  routes: readonly Route[]
  rules: Pick<typeof may, 'schoolRules' | 'authorityRules' | 'operatorRules'>
  roleNames: typeof words.roleNames
}

const ENTRY = `
  export { routes } from './web/routes.ts'
  export * as rules from './web/may.ts'
  export { roleNames } from './web/words/roles.ts'
`

// Some packages of the bundle ask for Node's modules by `require`.
const NODE_REQUIRE = `
  import { createRequire as requireOfNode } from 'node:module'
  const require = requireOfNode(import.meta.url)
`

/** Pages are TSX for the Worker's runtime: they are bundled as for it, and only their table is read. */
export async function loadDoors(): Promise<Doors> {
  const made = await build({
    absWorkingDir: root,
    stdin: { contents: ENTRY, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    platform: 'node',
    conditions: ['workerd', 'worker', 'browser'],
    plugins: [withoutRuntime],
    logLevel: 'warning',
    banner: { js: NODE_REQUIRE },
  })
  const folder = mkdtempSync(join(tmpdir(), 'schoolgate-routes-'))
  const file = join(folder, 'doors.mjs')
  try {
    writeFileSync(file, made.outputFiles[0]?.text ?? '')
    return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Doors
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Nothing of the runtime is used until a route is asked. */
const withoutRuntime: Plugin = {
  name: 'without-runtime',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^cloudflare:/ }, ({ path }) => ({ path, namespace: 'runtime' }))
    onLoad({ filter: /.*/, namespace: 'runtime' }, () => ({
      contents: 'export class DurableObject {}; export const env = {}; export const exports = {}',
    }))
  },
}
