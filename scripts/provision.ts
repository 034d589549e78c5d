import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { unstable_readConfig } from 'wrangler'
import { root } from './places.ts'
import { commandsFor, ENDS, type Production, productionSection, STARTS } from './provisioning.ts'

const USAGE = `node scripts/provision.ts --shards N --origin https://… [--jurisdiction eu] [--databases list.json]

Writes the production section of wrangler.toml and prints what is still to be made.
list.json is what "npx wrangler d1 list --json" prints.`

/** The most that one Worker may bind, with room for the rest (docs/deploy.md). */
const MAX_SHARDS = 4_000

const path = join(root, 'wrangler.toml')
const production = readOptions()
const config = unstable_readConfig({ config: path })
const section = productionSection(config, production)
writeFileSync(path, replaced(readFileSync(path, 'utf8'), section))

console.log(
  `wrangler.toml: production has ${production.shards} shards, in ${production.jurisdiction}.`,
)
console.log(
  ['', 'To be made, where it is not there yet:', ...commandsFor(config, production)].join('\n'),
)

function readOptions(): Production {
  const { values } = parseArgs({
    options: {
      shards: { type: 'string' },
      origin: { type: 'string' },
      jurisdiction: { type: 'string', default: 'eu' },
      databases: { type: 'string' },
    },
  })
  const shards = Number(values.shards)
  const { jurisdiction, origin = '' } = values
  const isOrigin =
    URL.canParse(origin) && new URL(origin).origin === origin && origin.startsWith('https:')
  const isJurisdiction = jurisdiction === 'eu' || jurisdiction === 'us'
  if (
    !Number.isInteger(shards) ||
    shards < 1 ||
    shards > MAX_SHARDS ||
    !isOrigin ||
    !isJurisdiction
  ) {
    console.error(USAGE)
    process.exit(1)
  }
  return { shards, origin, jurisdiction, databaseIds: idsFrom(values.databases) }
}

type Listed = { name: string; uuid: string }

function idsFrom(file: string | undefined): Map<string, string> {
  const listed = file ? (JSON.parse(readFileSync(file, 'utf8')) as Listed[]) : []
  return new Map(listed.map(({ name, uuid }) => [name, uuid]))
}

function replaced(text: string, written: string): string {
  const [before = ''] = text.split(STARTS)
  const [, after = ''] = text.split(`${ENDS}\n`)
  return `${before.trimEnd()}\n\n${written}${after}`
}
