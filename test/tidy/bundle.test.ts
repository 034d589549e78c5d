import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { root } from '../../scripts/places.ts'

const inputsOf = async (entry: string): Promise<string[]> => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    logLevel: 'silent',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*', 'cloudflare:*'],
  })
  return Object.keys(metafile.inputs)
}

const isOutside = (path: string) => /^(test|seed|sandbox|scripts|bench)\//.test(path)

test('what is deployed has no seed, no cast, no sandbox and no tools in it', async () => {
  const inputs = await inputsOf('workers/main.ts')
  expect(inputs.filter((path) => /^(workers|web)\//.test(path)).length).toBeGreaterThan(150)
  expect(inputs.filter(isOutside)).toEqual([])
})

test('the same look finds the cast in the seed', async () => {
  expect((await inputsOf('seed/main.ts')).filter(isOutside)).toContain('test/cast/settle.ts')
})
