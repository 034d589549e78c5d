import { describeError, log, type SchoolId } from '#kernel'
import { Directory, type School, system } from '#shards'
import { type Env, premisesOf } from '../env.ts'
import { enclave } from '../enclave-call.ts'
import { durable } from './itty.ts'
import { mutex } from './mutex.ts'
import { blank, type Memory, type Reach, step } from './step.ts'

/** After a fault the outbox looks again this soon, for ever: the platform gives up after six times. */
const AFTER_FAULT_MS = 2_000
/** A queue takes this many bodies in one call. */
const BODIES_A_CALL = 100

/**
 * The pace of one school's sends. It wakes when something is due, works one look at a time under a
 * lock, and keeps nothing but whose it is: what matters is in the school's database.
 */
export class SchoolOutbox extends durable<Env>() {
  readonly #memory: Memory = blank()
  readonly #oneAtATime = mutex()
  #isLookingUp = false

  /** Something may be due. Remembers whose outbox this is, and looks at once. */
  async nudge(school: SchoolId, shard: number): Promise<void> {
    await this.state.storage.put('whose', { school, shard })
    await this.state.storage.setAlarm(Date.now())
  }

  async alarm(): Promise<void> {
    await this.#oneAtATime(() => this.#look())
  }

  async #look(): Promise<void> {
    try {
      const school = await this.#school()
      const nextMs = school ? await step(school, this.#memory, this.#reach(school)) : null
      // A nudge that came meanwhile has set an earlier alarm: it stands.
      const set = await this.state.storage.getAlarm()
      if (nextMs !== null && (set === null || set > nextMs))
        await this.state.storage.setAlarm(nextMs)
    } catch (error) {
      log('outbox.failed', describeError(error))
      await this.state.storage.setAlarm(Date.now() + AFTER_FAULT_MS)
    }
  }

  async #school(): Promise<School | undefined> {
    const whose = await this.state.storage.get<{ school: SchoolId; shard: number }>('whose')
    if (!whose) return undefined
    const directory = new Directory(await premisesOf(this.state.env))
    return directory.schoolAt(whose.shard, whose.school, system('outbox'))
  }

  #reach(school: School): Reach {
    const { env } = this.state
    const whose = { shard: school.shard, school: school.id }
    return {
      startSend: async (message) => {
        await env.SENDS.send({ ...whose, message })
      },
      deliver: async (batches) => {
        for (let start = 0; start < batches.length; start += BODIES_A_CALL) {
          const bodies = batches.slice(start, start + BODIES_A_CALL)
          await env.DELIVERY.sendBatch(bodies.map((parcels) => ({ body: { ...whose, parcels } })))
        }
      },
      putAside: (message) =>
        enclave(env, `sends-${school.shard}`).run({ kind: 'put-aside', ...whose, message }),
      lookUp: async () => this.state.waitUntil(this.#lookUp(school)),
    }
  }

  /** One at a time, and not under the lock: a carrier that is slow to say must not hold up an emergency. */
  async #lookUp({ id, shard }: School): Promise<void> {
    if (this.#isLookingUp) return
    this.#isLookingUp = true
    try {
      await enclave(this.state.env, `look-up-${shard}`).run({ kind: 'look-up', shard, school: id })
    } catch (error) {
      log('look-up.failed', describeError(error))
    } finally {
      this.#isLookingUp = false
    }
  }
}
