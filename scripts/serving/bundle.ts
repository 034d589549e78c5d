import { build, type Plugin } from 'esbuild'
import { root } from '../places.ts'

/** One file of JavaScript for the runtime, as wrangler would make it; a bench may change what is in it. */
export async function bundle(entry: string, plugins: Plugin[] = []): Promise<string> {
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
    plugins,
  })
  const [file] = made.outputFiles
  if (!file) throw new Error(`${entry} made no bundle`)
  return file.text
}
