import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './places.ts'
import { loadDoors } from './routes/load-doors.ts'
import { routeTable } from './routes/route-table.ts'

export const ROUTES_FILE = join(root, 'docs', 'generated', 'routes.md')

/** docs/generated/routes.md as it should read: every URL with its door, from the code that opens it. */
export const currentTable = async (): Promise<string> => routeTable(await loadDoors())

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const table = await currentTable()
  writeFileSync(ROUTES_FILE, table)
  console.log(
    `docs/generated/routes.md: ${readFileSync(ROUTES_FILE, 'utf8').split('\n').length} lines`,
  )
}
