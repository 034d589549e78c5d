/**
 * Benches: `npm run bench -- send receipts pages`, or all of them where none is named. Each starts the
 * whole system in a temporary folder, measures it beside what the runtime can do at best, and stops it.
 * With `--json` each result is one line of JSON.
 */
import { benchImport } from './import.ts'
import { benchMemory } from './memory.ts'
import { benchPages } from './pages.ts'
import { benchReceipts } from './receipts.ts'
import { inWords, type Result } from './result.ts'
import { benchSend } from './send.ts'
import { benchSignIn } from './sign-in.ts'
import { benchTrail } from './trail.ts'

const benches: Record<string, () => Promise<Result[]>> = {
  send: benchSend,
  receipts: benchReceipts,
  pages: benchPages,
  'sign-in': benchSignIn,
  trail: benchTrail,
  import: benchImport,
  memory: benchMemory,
}

const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const isJson = process.argv.includes('--json')
const unknown = asked.filter((name) => !Object.hasOwn(benches, name))
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown[0]}". There are: ${Object.keys(benches).join(', ')}.`)
  process.exit(1)
}

for (const name of asked.length > 0 ? asked : Object.keys(benches)) {
  if (!isJson) console.log(`\n${name}`)
  const results = (await benches[name]?.()) ?? []
  console.log(
    isJson ? results.map((result) => JSON.stringify(result)).join('\n') : inWords(results),
  )
}
