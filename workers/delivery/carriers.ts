import { type Breaker, breaker } from './breaker.ts'
import type { ParcelChannel } from './parcel.ts'
import type { Provider } from './provider.ts'
import type { References } from './reference.ts'

/** The providers in use, what is known of their health, and how we sign references. */
export type Carriers = {
  readonly references: References
  readonly hasProviders: boolean
  find(name: string): Provider | undefined
  /** The provider to offer a parcel to first, and the one to go to instead where that one just failed. */
  choose(channel: ParcelChannel, nowMs: number): { first: string; other: string } | undefined
  record(name: string, worked: boolean, nowMs: number): void
}

/** Puts providers together. `chance` gives numbers from 0 to 1; tests pass a seeded one. */
export function carriers(
  providers: readonly Provider[],
  references: References,
  chance: () => number = Math.random,
): Carriers {
  const byName = new Map(providers.map((provider) => [provider.name, provider]))
  const breakers = new Map<string, Breaker>(providers.map(({ name }) => [name, breaker()]))
  const state = (name: string, nowMs: number) => breakers.get(name)?.state(nowMs)

  return {
    references,
    hasProviders: providers.length > 0,
    find: (name) => byName.get(name),
    record: (name, worked, nowMs) => breakers.get(name)?.record(worked, nowMs),
    choose: (channel, nowMs) => {
      const able = providers.filter((provider) => provider.channel === channel)
      const probed = able.find(
        ({ name }) => state(name, nowMs) === 'half-open' && breakers.get(name)?.allows(nowMs),
      )
      const healthy = able.filter(({ name }) => state(name, nowMs) === 'closed')
      // With every one shed, waiting for a probe would lose time: they are tried all the same.
      const first = probed ?? weighted(healthy.length > 0 ? healthy : able, chance)
      if (!first) return undefined
      const other =
        weighted(
          healthy.filter(({ name }) => name !== first.name),
          chance,
        ) ?? first
      return { first: first.name, other: other.name }
    },
  }
}

function weighted(providers: readonly Provider[], chance: () => number): Provider | undefined {
  const total = providers.reduce((sum, { weight }) => sum + weight, 0)
  let rest = chance() * total
  return providers.find(({ weight }) => (rest -= weight) < 0) ?? providers.at(-1)
}
