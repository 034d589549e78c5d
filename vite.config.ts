import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'

import { defineConfig, type Plugin } from 'vite'

/**
 * Builds the style sheet and the islands into `dist/public/assets/` under hashed names, and writes their paths to
 * `dist/manifest.json`, outside what is served.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  publicDir: false,
  plugins: [manifest()],
  css: {
    preprocessorOptions: {
      // MoJ Frontend names its dependency by this path, and still uses mixins that GOV.UK Frontend has deprecated.
      scss: { loadPaths: ['.', 'node_modules'], logger: { warn() {}, debug() {} } },
    },
  },
  build: {
    outDir: 'dist/public',
    emptyOutDir: true,
    assetsDir: 'assets',
    // Modules are loaded by scripts that the page's nonce vouches for; a preload link would have none.
    modulePreload: false,
    // The default minifier refuses `min-width: 0\0`, a hack of GOV.UK Frontend for Internet Explorer.
    cssMinify: 'esbuild',
    rolldownOptions: {
      input: { app: 'web/assets/app.scss', main: 'web/islands/main.ts' },
      checks: { bundlerTimings: false },
    },
  },
})

function manifest(): Plugin {
  return {
    name: 'schoolgate-manifest',
    buildStart() {
      this.emitFile({
        type: 'asset',
        name: 'mark.svg',
        source: readFileSync('web/assets/mark.svg'),
      })
    },
    async writeBundle(_, bundle) {
      const built = (start: string, end: string): string => {
        const file = Object.keys(bundle).find(
          (name) => name.startsWith(start) && name.endsWith(end),
        )
        if (!file) throw new Error(`The UI build made no ${start}…${end}`)
        return `/${file}`
      }
      const paths = {
        css: built('assets/app-', '.css'),
        js: built('assets/main-', '.js'),
        icon: built('assets/mark-', '.svg'),
      }
      await mkdir('dist', { recursive: true })
      await writeFile('dist/manifest.json', `${JSON.stringify(paths, null, 2)}\n`)
    },
  }
}
