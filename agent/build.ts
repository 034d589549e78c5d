import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { root } from '../scripts/places.ts'

/**
 * Makes the agent one file that needs Node 20 or newer and nothing else: it is copied to a school's server as
 * it is. Node's own modules stay outside; whatever else it uses is inside.
 */
export async function buildAgent(
  outfile: string = join(root, 'dist', 'agent.mjs'),
): Promise<string> {
  await build({
    absWorkingDir: root,
    entryPoints: ['agent/main.ts'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    legalComments: 'eof',
    logLevel: 'warning',
    // Packages in the older form ask for Node's modules by `require`, which a module file does not have.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    outfile,
  })
  return outfile
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`Made ${await buildAgent()}`)
}
