import type { Env } from './env.ts'

/** Durable objects live where JURISDICTION says; the local runtime has none and throws if asked. */
export function jurisdictional(
  env: Env,
  namespace: DurableObjectNamespace,
): DurableObjectNamespace {
  const where = env['JURISDICTION']
  return where ? namespace.jurisdiction(where as DurableObjectJurisdiction) : namespace
}
