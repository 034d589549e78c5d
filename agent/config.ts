import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { PUSH_KINDS, PUSH_SCOPES, type PushKind, type PushScope } from '../workers/mis/push/wire.ts'
import { parseMapping } from '../workers/mis/read/mapping.ts'
import { readAddress } from './address.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time like 02:15')
const days = z
  .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
  .min(1)
  .optional()

/** Times are those of Europe/London, whatever zone the machine is set to. */
const schedule = z.union([
  z.strictObject({ at: z.array(time).min(1).max(24), days }),
  z.strictObject({
    everyMinutes: z.int().min(5).max(720),
    from: time.default('08:00'),
    until: time.default('17:00'),
    days,
  }),
])

const address = z.string().refine((text) => readAddress(text).ok, {
  message: 'an https:// address without a password in it',
})

const fromFile = { path: z.string().min(1).optional(), folder: z.string().min(1).optional() }
/** `*` stands for any characters: `pupils*.csv`. Of those that match, the newest is read. */
const match = z.string().min(1).max(100).optional()
const fromApi = {
  url: address.optional(),
  /** A file with the token and nothing else, readable by nobody else. */
  tokenFile: z.string().min(1).optional(),
}

const SUPPLIERS = ['Bromcom', 'Arbor', 'Progresso', 'RM Integris', 'ScholarPack'] as const

const mapping = z.unknown().transform((value, context) => {
  const read = parseMapping(value)
  if (read) return read
  context.addIssue('the name of a file that was downloaded from Schoolgate’s page Mappings')
  return z.NEVER
})

const source = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['ctf', 'sims-csv', 'sims-xml']), ...fromFile, match }),
    z.strictObject({ kind: z.literal('one-roster'), ...fromFile, match }),
    z.strictObject({ kind: z.enum(['wonde', 'xporter']), ...fromFile, match, ...fromApi }),
    z.strictObject({
      kind: z.literal('csv'),
      ...fromFile,
      match,
      template: z.enum(SUPPLIERS).optional(),
      mapping: mapping.optional(),
    }),
  ])
  .refine((from) => placesOf(from).length === 1, {
    message: 'exactly one of path, folder and url',
  })
  .refine((from) => !('url' in from && from.url) || ('tokenFile' in from && !!from.tokenFile), {
    message: 'tokenFile, with url',
  })

/** A list of people is of all of them if nothing else is said; of marks and incidents never. */
const scopeOf = (data: PushKind): PushScope =>
  data === 'roster' || data === 'staff' ? 'full' : 'partial'

/** Which exports hold what, besides the roster, which all do. */
const HELD: Readonly<Record<string, readonly Source['kind'][]>> = {
  staff: ['one-roster', 'wonde', 'xporter'],
  consents: ['csv', 'sims-csv', 'sims-xml', 'wonde'],
  registers: ['csv', 'sims-csv', 'wonde', 'xporter'],
  behaviour: ['csv', 'sims-csv', 'xporter'],
  achievements: ['csv', 'sims-csv', 'xporter'],
  detentions: ['csv', 'sims-csv'],
}

const feed = z
  .strictObject({
    /** What the log calls it. */
    name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, digits and dashes'),
    data: z.enum(PUSH_KINDS),
    scope: z.enum(PUSH_SCOPES).optional(),
    source,
    schedule: schedule.default({ at: ['02:15'] }),
  })
  .refine((one) => HELD[one.data]?.includes(one.source.kind) ?? true, {
    message: 'data that a source of this kind holds',
  })
  .transform((one) => ({ ...one, scope: one.scope ?? scopeOf(one.data) }))

/**
 * Who may read a file that is written for the school's system, as chmod has it. Its group by default: that system
 * seldom runs under the agent's account. Never everybody: there are names in it.
 */
const fileMode = z.enum(['0600', '0640', '0660']).default('0640')

const shape = z.strictObject({
  /** Where the agent keeps its secrets and what waits to be sent; beside the config file by default. */
  state: z.string().min(1).default('state'),
  /** Without it the log goes to the terminal. */
  logFile: z.string().min(1).optional(),
  proxy: z
    .string()
    .regex(/^https?:\/\/./, 'an address like http://proxy:8080')
    .optional(),
  /** PEM of the certificate authority of the school's web filter. */
  certificates: z.string().min(1).optional(),
  feeds: z
    .array(feed)
    .min(1)
    .max(20)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
      message: 'feeds with names of their own',
    }),
  /** Where corrections and codes that go back into the school's system are written. */
  writeBacks: z
    .strictObject({ folder: z.string().min(1), schedule: schedule.optional(), mode: fileMode })
    .optional(),
})

export type Schedule = z.infer<typeof schedule>
export type Source = z.infer<typeof source>
export type Feed = z.infer<typeof feed>
/** All paths are whole: those in the file are taken from where the file is. */
export type Config = z.infer<typeof shape>

export type ConfigRead =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly string[] }

/** Reads and checks the whole file, so that every fault of it is told at once and before anything runs. */
export async function readConfig(path: string): Promise<ConfigRead> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return { ok: false, faults: [`${path} cannot be read.`] }
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const place = /line \d+ column \d+/.exec(String(error))?.[0]
    return { ok: false, faults: [`${path} is not JSON${place ? `: look at ${place}` : ''}.`] }
  }
  value = await withMappings(value, dirname(resolve(path)))
  const read = shape.safeParse(value)
  if (!read.success) return { ok: false, faults: read.error.issues.map(faultWords) }
  return { ok: true, config: withWholePaths(read.data, dirname(resolve(path))) }
}

/** Puts the mapping itself where a feed names its file. A file that cannot be read is no mapping, and is told as that. */
async function withMappings(value: unknown, folder: string): Promise<unknown> {
  const named = naming.safeParse(value)
  if (!named.success) return value
  const feeds = await Promise.all(
    named.data.feeds.map(async (one) => {
      const name = one.source?.mapping
      if (typeof name !== 'string') return one
      return { ...one, source: { ...one.source, mapping: await jsonIn(resolve(folder, name)) } }
    }),
  )
  return { ...named.data, feeds }
}

const naming = z.looseObject({
  feeds: z.array(z.looseObject({ source: z.looseObject({ mapping: z.unknown() }).optional() })),
})

async function jsonIn(path: string): Promise<unknown> {
  try {
    return JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
}

const placesOf = (from: object): string[] =>
  ['path', 'folder', 'url'].filter((name) => name in from && Reflect.get(from, name) !== undefined)

/** "feeds.0.schedule: expected a time like 02:15" */
function faultWords(issue: z.core.$ZodIssue): string {
  const place = issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''
  return (
    place +
    (issue.code === 'custom' || issue.code === 'invalid_format' ? 'expected ' : '') +
    issue.message
  )
}

function withWholePaths(config: Config, folder: string): Config {
  const whole = (path: string) => resolve(folder, path)
  const wholeIn = <T extends object>(one: T, names: readonly string[]): T => {
    const paths = names.flatMap((name) => {
      const path: unknown = Reflect.get(one, name)
      return typeof path === 'string' ? [[name, whole(path)]] : []
    })
    return { ...one, ...Object.fromEntries(paths) }
  }
  return {
    ...wholeIn(config, ['state', 'logFile', 'certificates']),
    feeds: config.feeds.map((one) => ({
      ...one,
      source: wholeIn(one.source, ['path', 'folder', 'tokenFile']),
    })),
    ...(config.writeBacks && { writeBacks: wholeIn(config.writeBacks, ['folder']) }),
  }
}
