import { join } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'
import { root } from '../places.ts'

export type RuntimeOptions = {
  /** The bundled Worker. */
  script: string
  stateDir: string
  /** 0 picks a free one. */
  port: number
  /** Variables and secrets over those of `wrangler.toml`. */
  vars: Record<string, string>
  /** Databases, buckets and variables only: for a Worker with no objects and no queues of its own. */
  isStorageOnly?: boolean
}

/** workerd, with the bindings of `wrangler.toml` and everything kept in the state directory. */
export async function openRuntime(options: RuntimeOptions): Promise<Miniflare> {
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: options.port,
      // No look-up of where this machine is, and no report of what it does.
      cf: false,
      telemetry: { enabled: false },
      log: new Log(LogLevel.WARN),
      resourcePersistencePath: join(options.stateDir, 'runtime'),
      name: 'schoolgate',
      modules: [{ type: 'ESModule', path: 'worker.js', contents: options.script }],
      ...bindingsFor(options),
    }),
  )
  await runtime.ready
  return runtime
}

function bindingsFor({ vars, isStorageOnly }: RuntimeOptions): Record<string, unknown> {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(root, 'wrangler.toml'))
  const bindings = { ...(workerOptions['bindings'] as Record<string, string>), ...vars }
  if (!isStorageOnly) return { ...workerOptions, bindings }

  const { compatibilityDate, compatibilityFlags, d1Databases, r2Buckets } = workerOptions
  return { compatibilityDate, compatibilityFlags, d1Databases, r2Buckets, bindings }
}

/** How many shards `wrangler.toml` binds. */
export function boundShards(): number {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(root, 'wrangler.toml'))
  const names = Object.keys(workerOptions['d1Databases'] as object)
  return names.filter((name) => name.startsWith('SHARD_')).length
}
