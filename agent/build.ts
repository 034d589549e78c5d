import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { root } from '../scripts/places.ts'

/** Makes the program at a place of its own; answers where. */
export async function buildAgent(
  outfile: string = join(root, 'dist', 'agent.mjs'),
): Promise<string> {
  const { program } = await bundleAgent()
  await mkdir(dirname(outfile), { recursive: true })
  await writeFile(outfile, program)
  return outfile
}

/**
 * Makes the agent one file that needs Node 20 or newer and nothing else: it is copied to a school's server as
 * it is. Node's own modules stay outside; whatever else it uses is inside. The same source gives the same bytes.
 * `inputs` are the files that it was made of, from the checkout.
 */
export async function bundleAgent(): Promise<{ program: Uint8Array; inputs: string[] }> {
  const made = await build({
    absWorkingDir: root,
    entryPoints: ['agent/main.ts'],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    legalComments: 'eof',
    logLevel: 'warning',
    // Packages in the older form ask for Node's modules by `require`, which a module file does not have.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    outfile: 'agent.mjs',
  })
  const [file] = made.outputFiles
  if (!file) throw new Error('agent/main.ts made no bundle')
  return { program: file.contents, inputs: Object.keys(made.metafile.inputs) }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`Made ${await buildAgent()}`)
}
