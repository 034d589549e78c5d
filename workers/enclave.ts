import { DurableObject } from 'cloudflare:workers'
import * as accountMail from '#account-mail'
import * as delivery from '#delivery'
import { type SchoolId } from '#kernel'
import * as messaging from '#messaging'
import * as mis from '#mis'
import * as people from '#people'
import * as schools from '#schools'
import { Directory, type School, system } from '#shards'
import { carriersOf } from './carriers.ts'
import { type Env, premisesOf, readSettings } from './env.ts'
import type { DeliveryJob, ImportsJob, LetterKind, SendsJob } from './jobs.ts'
import { mutex } from './outbox/mutex.ts'
import { nudge } from './outbox/nudge.ts'
import { sweep } from './sweep.ts'

export type EnclaveJob =
  | ({ kind: 'send' } & SendsJob)
  | ({ kind: 'deliver' } & DeliveryJob)
  | { kind: 'receipts'; shard: number; school: SchoolId; events: delivery.ReceiptEvent[] }
  | ({ kind: 'put-aside' } & SendsJob)
  | ({ kind: 'import' } & ImportsJob)
  | { kind: 'look-up'; shard: number; school: SchoolId }
  | { kind: 'sweep'; shard: number }
  | { kind: 'letters'; about: LetterKind }

/** Whose numbers texts come from is asked again after this long. */
const SENDER_KEPT_MS = 60_000

/**
 * Where sealed data is opened for queues and cron: a durable object, because those may run outside
 * the jurisdiction and objects do not. It gets ids and gives back ids; verbs do not know of it.
 */
export class Enclave extends DurableObject<Env> {
  #carriers: Promise<delivery.Carriers> | undefined
  /** An import may take most of the memory that there is, and two of one school only undo each other's comparisons. */
  readonly #oneImport = mutex()
  readonly #senders = new Map<SchoolId, { sender: delivery.Sender; untilMs: number }>()

  /** Does one job. Throws where it should be tried again. */
  async run(job: EnclaveJob): Promise<void> {
    const directory = new Directory(await premisesOf(this.env))
    if (job.kind === 'sweep') return sweep(this.env, directory, job.shard)
    if (job.kind === 'letters') return this.#write(directory, job.about)

    const actor = system(job.kind === 'receipts' ? 'carrier' : 'outbox')
    const school = directory.schoolAt(job.shard, job.school, actor)
    if (!school) return
    if (job.kind === 'send') return this.#send(directory, school, job)
    if (job.kind === 'deliver') return this.#deliver(directory, school, job)
    if (job.kind === 'receipts')
      return noteOutcomes(school, await delivery.applyReceipts(school, job.events))
    if (job.kind === 'import') {
      const area = school.as(system('agent'))
      const { FILES } = this.env
      return this.#oneImport(() => mis.receivePush(directory, area, FILES, job.importId))
    }
    if (job.kind === 'put-aside') return messaging.putAside(school, job.message, 'fault')
    await noteOutcomes(school, await delivery.resolve(school, await this.#carriersOf()))
  }

  async #write(directory: Directory, about: LetterKind): Promise<void> {
    const { ORIGIN, SUPPORT_EMAIL, SANDBOX_URL } = readSettings(this.env)
    const words = { origin: ORIGIN, support: SUPPORT_EMAIL }
    if (about === 'reviews') return accountMail.remindOfReviews(directory, ORIGIN)
    if (about === 'agents') return accountMail.tellOfLateAgents(directory, words)
    if (about === 'passwords') return accountMail.remindOfPasswords(directory, words)
    return accountMail.tellOfChanges(directory, { ...words, hasSandbox: SANDBOX_URL !== '' })
  }

  async #send(directory: Directory, school: School, job: SendsJob): Promise<void> {
    const found = await schools.find(directory, school.id)
    const isOpen = found !== undefined && schools.isOpen(found)
    const isSubscribed = found !== undefined && schools.hasProduct(found, 'call-parents')
    const { hasProviders } = await this.#carriersOf()
    if (!hasProviders) await messaging.putAside(school, job.message, 'no-carrier')
    else if (isOpen && !isSubscribed)
      await messaging.putAside(school, job.message, 'not-subscribed')
    else await messaging.dispatch(school, job.message, { isOpen })
    await nudge(this.env, school)
  }

  async #deliver(directory: Directory, school: School, job: DeliveryJob): Promise<void> {
    const sender = await this.#sender(directory, school.id)
    if (!sender) return
    const refused = await delivery.deliver(school, await this.#carriersOf(), sender, job.parcels)
    await noteOutcomes(school, refused)
  }

  async #sender(directory: Directory, id: SchoolId): Promise<delivery.Sender | undefined> {
    const nowMs = directory.clock.now()
    const known = this.#senders.get(id)
    if (known && known.untilMs > nowMs) return known.sender
    const found = await schools.find(directory, id)
    if (!found) return undefined
    const sender = {
      number: found.textsFrom ?? '',
      email: found.emailFrom ?? readSettings(this.env).SERVICE_EMAIL,
    }
    this.#senders.set(id, { sender, untilMs: nowMs + SENDER_KEPT_MS })
    return sender
  }

  #carriersOf(): Promise<delivery.Carriers> {
    this.#carriers ??= carriersOf(readSettings(this.env))
    return this.#carriers
  }
}

/** A number that failed for good is put on the list of contacts to fix; one that works comes off it. */
async function noteOutcomes(school: School, moved: readonly delivery.Moved[]): Promise<void> {
  const failed = moved.filter(({ state }) => state === 'failed-permanent')
  const delivered = moved.filter(({ state }) => state === 'delivered')
  await school.write([
    ...people.pointsFailed(
      school,
      failed.map(({ fingerprint, code }) => ({ fingerprint, because: code ?? 'refused' })),
    ),
    ...people.pointsWorking(
      school,
      delivered.map(({ fingerprint }) => fingerprint),
    ),
  ])
}
