import { build } from 'esbuild'
import { root } from '../places.ts'

/** One file of JavaScript for the runtime, as wrangler would make it. */
export async function bundle(entry: string): Promise<string> {
  const made = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*', 'cloudflare:*'],
    logLevel: 'warning',
    outfile: 'worker.js',
  })
  const [file] = made.outputFiles
  if (!file) throw new Error(`${entry} made no bundle`)
  return file.text
}
