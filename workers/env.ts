import { z } from 'zod'
import { type Clock, systemClock } from '#kernel'
import type { Premises } from '#shards'
import { openVault, readMasterKeys, type Vault } from '#vault'
import type { DeliveryJob, ImportsJob, ReceiptsJob, SendsJob } from './jobs.ts'

/** What the platform gives us: bindings of `wrangler.toml`, variables, secrets. */
export type Env = {
  DIRECTORY: D1Database
  VAULT: R2Bucket
  FILES: R2Bucket
  ANCHORS: R2Bucket
  SENDS: Queue<SendsJob>
  DELIVERY: Queue<DeliveryJob>
  RECEIPTS: Queue<ReceiptsJob>
  IMPORTS: Queue<ImportsJob>
  OUTBOX: DurableObjectNamespace
  ENCLAVE: DurableObjectNamespace
  ASSETS: Fetcher
} & Record<`SHARD_${number}`, D1Database> &
  Record<string, unknown>

const secret = (name: string) =>
  z.string({ error: `${name} is a secret and is not set: wrangler secret put ${name}` }).min(1)

/**
 * Variables and secrets, checked once at start. Each says what it is for, so that a missing one
 * names itself. Production refuses the sandbox carrier.
 */
const settingsSchema = z
  .object({
    ENVIRONMENT: z.enum(['development', 'test', 'production']),
    /** Where people reach us, without a slash at the end: links and callbacks are made from it. */
    ORIGIN: z.url(),
    /** `eu` in production; empty locally, where the runtime has no jurisdictions. */
    JURISDICTION: z.enum(['', 'eu', 'us']).default(''),
    MASTER_KEYS: secret('MASTER_KEYS'),
    REFERENCE_KEY: secret('REFERENCE_KEY'),
    SANDBOX_URL: z.union([z.url(), z.literal('')]).default(''),
    SANDBOX_KEY: z.string().default(''),
    SANDBOX_WEBHOOK_SECRET: z.string().default(''),
    /** How many shards are bound: SHARD_0 to SHARD_(n-1). */
    SHARDS: z.coerce.number().int().min(1).max(4_000),
    SUPPORT_EMAIL: z.email().default('support@schoolgate.example'),
    /** From whom e-mails come of organisations that have no address of their own. */
    SERVICE_EMAIL: z.email().default('no-reply@schoolgate.example'),
    SUPPORT_HOURS: z.string().default('Monday to Friday, 7am to 6pm'),
    DATA_PROTECTION_OFFICER_EMAIL: z.email().default('dpo@schoolgate.example'),
    PRIVACY_NOTICE: z.string().default('/privacy'),
  })
  .refine((s) => s.ENVIRONMENT !== 'production' || s.SANDBOX_URL === '', {
    error: 'SANDBOX_URL is set: the sandbox carrier is refused in production',
  })

export type Settings = z.infer<typeof settingsSchema>

/** Thrown at the first request of a Worker whose configuration is not whole. Names settings, not values. */
export class Misconfigured extends Error {
  override name = 'Misconfigured'
}

export function readSettings(env: Env): Settings {
  const read = settingsSchema.safeParse(env)
  if (read.success) return read.data
  const wrong = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Misconfigured(`This Worker is not configured. ${wrong.join('. ')}`)
}

export function shardsOf(env: Env, count: number): D1Database[] {
  return Array.from({ length: count }, (_, shard) => {
    const bound = env[`SHARD_${shard}`]
    if (!bound) throw new Misconfigured(`SHARDS is ${count}, but SHARD_${shard} is not bound`)
    return bound
  })
}

let kept: { masterKeys: string; bucket: R2Bucket; vault: Vault } | undefined

/** The databases and the vault. The vault is kept for the isolate's life, so that keys stay warm. */
export async function premisesOf(env: Env, clock: Clock = systemClock): Promise<Premises> {
  const settings = readSettings(env)
  if (kept?.masterKeys !== settings.MASTER_KEYS || kept.bucket !== env.VAULT) {
    const masters = await readMasterKeys(settings.MASTER_KEYS)
    const vault = openVault(env.VAULT, masters, clock)
    kept = { masterKeys: settings.MASTER_KEYS, bucket: env.VAULT, vault }
  }
  const shards = shardsOf(env, settings.SHARDS)
  return { directory: env.DIRECTORY, shards, vault: kept.vault, clock }
}
