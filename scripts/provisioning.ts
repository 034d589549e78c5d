import type { Unstable_Config } from 'wrangler'

export type Production = {
  /** How many shard databases are bound. */
  shards: number
  /** Where databases, buckets, queues and objects live. Set when they are made, and never changed. */
  jurisdiction: 'eu' | 'us'
  /** Where people reach it, without a slash at the end. */
  origin: string
  /** Of the databases that exist already, by name; as `wrangler d1 list --json` gives them. */
  databaseIds: ReadonlyMap<string, string>
}

export const STARTS =
  '# >>> production: written by scripts/provision.ts, which see before changing it'
export const ENDS = '# <<< production'

/** Stands for an id that is not known yet. A dry run takes it; a deployment refuses it. */
export const NOT_MADE = 'not-made-yet'

const NAME = 'schoolgate'

/** The databases that production binds, by binding. */
export const databasesFor = ({ shards }: Pick<Production, 'shards'>) => [
  { binding: 'DIRECTORY', name: `${NAME}-directory`, migrations: 'migrations/directory' },
  ...Array.from({ length: shards }, (_, shard) => ({
    binding: `SHARD_${shard}`,
    name: `${NAME}-shard-${shard}`,
    migrations: 'migrations/shard',
  })),
]

/** The production section of `wrangler.toml`: what development has, under its own names and in its jurisdiction. */
export function productionSection(config: Unstable_Config, production: Production): string {
  const { jurisdiction, origin, shards } = production
  return [
    STARTS,
    '[env.production]',
    `name = ${quoted(NAME)}`,
    'workers_dev = false',
    `routes = [{ pattern = ${quoted(new URL(origin).host)}, custom_domain = true }]`,
    // A hint that keeps the Worker near London. It is no promise about where data is.
    'placement = { region = "aws:eu-west-2" }',
    'observability = { enabled = true }',
    '',
    '[env.production.vars]',
    'ENVIRONMENT = "production"',
    `ORIGIN = ${quoted(origin)}`,
    `JURISDICTION = ${quoted(jurisdiction)}`,
    `SHARDS = ${quoted(String(shards))}`,
    '',
    ...assets(config),
    ...databases(production),
    ...buckets(config, jurisdiction),
    ...objects(config),
    ...queues(config),
    '[env.production.triggers]',
    `crons = ${JSON.stringify(config.triggers.crons)}`,
    ENDS,
    '',
  ].join('\n')
}

/** What must be made before the first deployment, as commands for a shell. */
export function commandsFor(config: Unstable_Config, production: Production): string[] {
  const { jurisdiction, databaseIds } = production
  const missing = databasesFor(production).filter(({ name }) => !databaseIds.has(name))
  const buckets = config.r2_buckets.map(({ bucket_name }) => bucket_name)
  return [
    ...missing.map(({ name }) => `npx wrangler d1 create ${name} --jurisdiction ${jurisdiction}`),
    ...buckets.map(
      (name) => `npx wrangler r2 bucket create ${name} --jurisdiction ${jurisdiction}`,
    ),
    ...queueNames(config).map((name) => `npx wrangler queues create ${name}`),
  ]
}

function assets({ assets: given }: Unstable_Config): string[] {
  return [
    '[env.production.assets]',
    `directory = "dist/public"`,
    `binding = ${quoted(given?.binding ?? 'ASSETS')}`,
    `run_worker_first = ${JSON.stringify(given?.run_worker_first)}`,
    '',
  ]
}

const databases = (production: Production): string[] =>
  databasesFor(production).flatMap(({ binding, name, migrations }) => [
    '[[env.production.d1_databases]]',
    `binding = ${quoted(binding)}`,
    `database_name = ${quoted(name)}`,
    `database_id = ${quoted(production.databaseIds.get(name) ?? NOT_MADE)}`,
    `migrations_dir = ${quoted(migrations)}`,
    '',
  ])

const buckets = ({ r2_buckets }: Unstable_Config, jurisdiction: string): string[] =>
  r2_buckets.flatMap(({ binding, bucket_name = '' }) => [
    '[[env.production.r2_buckets]]',
    `binding = ${quoted(binding)}`,
    `bucket_name = ${quoted(bucket_name)}`,
    `jurisdiction = ${quoted(jurisdiction)}`,
    '',
  ])

const objects = ({ durable_objects }: Unstable_Config): string[] =>
  durable_objects.bindings.flatMap(({ name, class_name }) => [
    '[[env.production.durable_objects.bindings]]',
    `name = ${quoted(name)}`,
    `class_name = ${quoted(class_name)}`,
    '',
  ])

function queues({ queues: { producers = [], consumers = [] } }: Unstable_Config): string[] {
  const produced = producers.flatMap(({ binding, queue = '' }) => [
    '[[env.production.queues.producers]]',
    `binding = ${quoted(binding)}`,
    `queue = ${quoted(ours(queue))}`,
    '',
  ])
  const consumed = consumers.flatMap(({ queue, dead_letter_queue, ...limits }) => [
    '[[env.production.queues.consumers]]',
    `queue = ${quoted(ours(queue))}`,
    ...Object.entries(limits).map(([name, value]) => `${name} = ${value}`),
    ...(dead_letter_queue ? [`dead_letter_queue = ${quoted(ours(dead_letter_queue))}`] : []),
    '',
  ])
  return [...produced, ...consumed]
}

const queueNames = ({ queues: { consumers = [] } }: Unstable_Config): string[] =>
  consumers.map(({ queue }) => ours(queue))

const ours = (queue: string) => `${NAME}-${queue}`

const quoted = (text: string): string => JSON.stringify(text)
