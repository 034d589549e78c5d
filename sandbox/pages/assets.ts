import { Hono } from 'hono'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The pages' own stylesheet, script and icon: read once, and nothing from any other server. */
export function assetRoutes(): Hono {
  const app = new Hono()
  for (const [name, type] of assets) {
    const content = readFileSync(join(import.meta.dirname, '../assets', name), 'utf8')
    app.get(`/${name}`, (c) =>
      c.body(content, 200, { 'content-type': type, 'cache-control': 'no-cache' }),
    )
  }
  return app
}

const assets = [
  ['sandbox.css', 'text/css; charset=utf-8'],
  ['sandbox.js', 'text/javascript; charset=utf-8'],
  ['sandbox.svg', 'image/svg+xml'],
] as const
