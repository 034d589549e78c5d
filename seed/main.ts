import { Directory } from '#shards'
import { type Env, premisesOf, readSettings } from '#workers/env.ts'
import * as schools from '#schools'
import { settle } from '../test/cast/settle.ts'

const FURTHER_PUPILS = 60

type SeedEnv = Env & { SEED_PASSWORD: string; SEED_TOTP?: string }

/**
 * A Worker of its own, with the product's bindings, that fills an empty development database with
 * the cast. It is never part of what is deployed, and refuses to run where it could do harm.
 */
export default {
  async fetch(_request, env) {
    if (readSettings(env).ENVIRONMENT === 'production') {
      return new Response('Production is never seeded.', { status: 403 })
    }
    const directory = new Directory(await premisesOf(env))
    const settled = await schools.list(directory, { limit: 1 })
    if (settled.length > 0) return new Response('There is somebody here already.', { status: 409 })

    const { SEED_PASSWORD: password, SEED_TOTP: totp } = env
    await settle(directory, {
      password,
      furtherPupils: FURTHER_PUPILS,
      hasReview: true,
      hasLeaver: true,
      ...(totp && { totp }),
    })
    return new Response('The cast is settled.')
  },
} satisfies ExportedHandler<SeedEnv>
